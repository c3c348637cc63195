/**
 * The line between a publish and Google's double, which can be cut, held and paused at any request.
 * Each publish has a line of its own, as each process has: once its line is dead, nothing of that
 * publish reaches Google any more.
 */
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** The nth request of a publish, counted from 1; token requests count too. */
export type Seen = { n: number; method: string; path: string; writes: boolean };

export type Plan = {
  /**
   * The process dies at this request: before Google gets it, or after Google did it and before the
   * answer arrives.
   */
  kill?: { n: number; side: 'before' | 'after' };
  /** The client loses sight of this request; Google gets it only when it is let go. */
  hold?: { n: number; dies: boolean };
  /** What reaches Google of a request, where it is damaged on its way. */
  damage?: (seen: Seen, body: Buffer) => Buffer;
  /** Waited for before a request goes on. */
  pause?: (seen: Seen) => Promise<void>;
  /** Waited for after Google did a request and before the publish hears of it. */
  after?: (seen: Seen) => Promise<void>;
};

export type Line = {
  /** GOOGLE_API_ROOT of this publish. */
  root: string;
  seen: Seen[];
  readonly dead: boolean;
  /** Settles when the process of this publish dies. */
  death: Promise<'dead'>;
  /**
   * Lets the held request reach Google, and answers with Google's status; null where nothing was
   * held.
   */
  letGo(): Promise<number | null>;
  close(): void;
};

export type Edge = { line(plan?: Plan): Promise<Line>; close(): void };

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer };

/** A request that changes something at Google; signing in does not. */
const isWrite = (method: string, path: string): boolean =>
  method !== 'GET' && !path.endsWith('/token');

function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

function passOn(
  target: string,
  path: string,
  { method, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onAnswer = async (answer: IncomingMessage) =>
      resolve({ status: answer.statusCode!, headers: answer.headers, body: await bodyOf(answer) });
    send(new URL(path, target), { method, headers }, (answer) => onAnswer(answer).catch(reject))
      .on('error', reject)
      .end(body);
  });
}

/** A line to the double at `target`. */
async function openLine(target: string, plan: Plan): Promise<Line> {
  const seen: Seen[] = [];
  let root = '';
  let dead = false;
  let held: (() => Promise<number>) | null = null;
  const death = Promise.withResolvers<'dead'>();
  const die = () => {
    dead = true;
    death.resolve('dead');
  };

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const hangUp = () => outgoing.destroy();
    const body = await bodyOf(incoming).catch(() => null);
    if (dead || !body) return void hangUp();
    const [method, path] = [incoming.method!, incoming.url!];
    const request = { n: seen.length + 1, method, path, writes: isWrite(method, path) };
    seen.push(request);
    await plan.pause?.(request);
    const killed = plan.kill?.n === request.n ? plan.kill.side : undefined;
    if (killed === 'before') die();
    if (dead) return void hangUp();
    if (plan.hold?.n === request.n) {
      held = async () => (await passOn(target, path, incoming, body)).status;
      if (plan.hold.dies) die();
      return void hangUp();
    }
    const arrived = plan.damage?.(request, body) ?? body;
    const answer = await passOn(target, path, incoming, arrived).catch(() => null);
    if (killed === 'after') die();
    await plan.after?.(request);
    if (dead || !answer) return void hangUp();
    // A resumable upload goes on at the address that the double names: its own.
    const location = answer.headers.location?.replace(target, root);
    outgoing.writeHead(answer.status, { ...answer.headers, ...(location ? { location } : {}) });
    outgoing.end(answer.body);
  }

  const server = createServer((incoming, outgoing) => void carry(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    root,
    seen,
    get dead() {
      return dead;
    },
    death: death.promise,
    async letGo() {
      const request = held;
      held = null;
      return request ? request() : null;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Lines to the double at `target`. */
export function openEdge(target: string): Edge {
  const lines: Line[] = [];
  return {
    async line(plan = {}) {
      const line = await openLine(target, plan);
      lines.push(line);
      return line;
    },
    close() {
      for (const line of lines) line.close();
    },
  };
}
