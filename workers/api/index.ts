/**
 * The house's answers: facts in at `/api`; contacts, lists and live marts out; the pages for
 * people.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { needToken } from '../http.ts';
import { onError, onUnknown } from './answers.ts';
import type { App } from './env.ts';
import { factRoutes } from './fact-routes.ts';
import { security, unkept } from './headers.ts';
import { importRoutes } from './import-routes.ts';
import { mergeRoutes } from './merge-routes.ts';
import { pages } from './pages.ts';
import { readRoutes } from './read-routes.ts';
import { waitingRoutes } from './waiting-routes.ts';

export const app = new OpenAPIHono<App>();

app.onError(onError);
app.notFound(onUnknown);
app.use(security, unkept);

app.get('/healthz', (c) => c.json({ ok: true }));
app.doc31('/api/openapi.json', {
  openapi: '3.1.0',
  info: {
    title: 'Signalhouse',
    version: '1',
    description: 'Facts in, contacts and live marts out. See docs/api.md.',
  },
  security: [{ token: [] }],
});
app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
  type: 'http',
  scheme: 'bearer',
});

app.use('/api/*', needToken);
app.route('/', factRoutes);
app.route('/', importRoutes);
app.route('/', readRoutes);
app.route('/', waitingRoutes);
app.route('/', mergeRoutes);
app.route('/', pages);

export default app;
