/** Discord's API as far as the house reads it: it refuses what Discord refuses. */
import { HttpResponse, http } from 'msw';

export const DISCORD_TOKEN = 'discord-bot-token';
const ROOT = 'https://discord.com/api/v10';
const EPOCH = 1_420_070_400_000;

export type FakeMessage = {
  id: string;
  type: number;
  content: string;
  edited_timestamp: string | null;
  mentions: { id: string; username: string; global_name: string | null; bot?: boolean }[];
  embeds: object[];
  reactions: string[];
};
type Access = 'ok' | 'no view' | 'no history';
/** As much of a request as the house's types of it and Node's agree on. */
type Asked = { url: string; headers: { get(name: string): string | null } };
type Channel = { access: Access; messages: FakeMessage[] };

const refusal = (status: number, code: number, message: string) =>
  HttpResponse.json({ message, code }, { status });

/** A server with these channels, empty at first. What a test changes, the next request shows. */
export function fakeDiscord(...ids: string[]) {
  const channels = new Map<string, Channel>(
    ids.map((id) => [id, { access: 'ok', messages: [] }] as const),
  );
  let hasContentIntent = true;
  const world = {
    channels,
    /** The addresses that were asked for. */
    asked: [] as string[],
    /** A message of the instant `at` (UTC ms); its id has it, as Discord's ids do. */
    post(channel: string, at: number, content: string, more: Partial<FakeMessage> = {}) {
      const { messages } = channels.get(channel)!;
      const message: FakeMessage = {
        id: String((BigInt(at - EPOCH) << 22n) + BigInt(messages.length)),
        type: 0,
        content,
        edited_timestamp: null,
        mentions: [],
        embeds: [],
        reactions: [],
        ...more,
      };
      messages.push(message);
      return message;
    },
    allow(channel: string, access: Access) {
      channels.get(channel)!.access = access;
    },
    /** Whether the bot has the message content intent. */
    showContent(isShown: boolean) {
      hasContentIntent = isShown;
    },
    edit(message: FakeMessage, at: number, content: string) {
      message.content = content;
      message.edited_timestamp = new Date(at).toISOString();
    },
    remove(channel: string, { id }: FakeMessage) {
      const found = channels.get(channel)!;
      found.messages = found.messages.filter((message) => message.id !== id);
    },
  };

  const shown = ({ reactions, ...message }: FakeMessage) => ({
    ...message,
    ...(!hasContentIntent && { content: '', embeds: [] }),
    reactions: reactions.map((emoji) => {
      const [, name, id] = /^(\w+):(\d+)$/.exec(emoji) ?? [];
      return { count: 1, emoji: { id: id ?? null, name: name ?? emoji } };
    }),
  });

  function find(request: Asked, id: unknown): Channel | Response {
    world.asked.push(new URL(request.url).pathname);
    if (!request.headers.get('user-agent')?.startsWith('DiscordBot ('))
      return refusal(403, 40333, 'internal network error');
    if (request.headers.get('authorization') !== `Bot ${DISCORD_TOKEN}`)
      return refusal(401, 0, '401: Unauthorized');
    const channel = channels.get(String(id));
    if (!channel) return refusal(404, 10003, 'Unknown Channel');
    return channel.access === 'no view' ? refusal(403, 50001, 'Missing Access') : channel;
  }

  const handlers = [
    http.get(`${ROOT}/channels/:channel`, ({ request, params }) => {
      const channel = find(request, params.channel);
      if (channel instanceof Response) return channel;
      const last_message_id = channel.messages.at(-1)?.id ?? null;
      return HttpResponse.json({ id: params.channel, type: 0, last_message_id });
    }),
    http.get(`${ROOT}/channels/:channel/messages`, ({ request, params }) => {
      const channel = find(request, params.channel);
      if (channel instanceof Response) return channel;
      const { searchParams } = new URL(request.url);
      const limit = Number(searchParams.get('limit') ?? 50);
      if (!(limit >= 1 && limit <= 100)) return refusal(400, 50035, 'Invalid Form Body');
      const after = BigInt(searchParams.get('after') ?? 0);
      const page = channel.messages.filter(({ id }) => BigInt(id) > after).slice(0, limit);
      return HttpResponse.json(channel.access === 'no history' ? [] : page.map(shown).toReversed());
    }),
    http.get(`${ROOT}/channels/:channel/messages/:message`, ({ request, params }) => {
      const channel = find(request, params.channel);
      if (channel instanceof Response) return channel;
      if (channel.access === 'no history') return refusal(403, 50013, 'Missing Permissions');
      const message = channel.messages.find(({ id }) => id === params.message);
      return message ? HttpResponse.json(shown(message)) : refusal(404, 10008, 'Unknown Message');
    }),
  ];
  return Object.assign(world, { handlers });
}
