import { WorkflowEntrypoint } from 'cloudflare:workers';
export class Night extends WorkflowEntrypoint { override async run() { return 1; } }
export default { async fetch() { return new Response('export'); } };
