/** What every Worker answers when something goes wrong, and who gets in. */
import { Hono } from 'hono';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';
import { answerFaults, limitBody, readBody } from '../../workers/http.ts';

const app = new Hono();
app.onError(answerFaults());
app.get('/busy', () => {
  throw new Fault('storage_busy', 'send it again', { cause: 'D1_ERROR: no such table', part: 2 });
});
app.get('/people/:id', () => {
  throw new TypeError('ana@example.com is not iterable');
});
app.post('/names', limitBody(20), async (c) =>
  c.json(await readBody(c, z.object({ names: z.array(z.string()) }))),
);

const post = (body: string) => app.request('/names', { method: 'POST', body });

it('answers a fault with its details, never with the error behind it', async () => {
  const answer = await app.request('/busy');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await answer.json()).toEqual({
    error: 'storage_busy',
    message: 'send it again',
    part: 2,
  });
});

it('logs what nobody foresaw without naming anybody, and answers without its text', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const answer = await app.request('/people/ana@example.com');
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ error: 'internal' });
  expect(log.mock.calls.flat().join()).toContain('GET /people/:id');
  expect(log.mock.calls.flat().join()).not.toContain('ana@');
  log.mockRestore();
});

it('names the field of a body that is wrong, and refuses one that is too large', async () => {
  expect(await (await post('{"names":["Ana"]}')).json()).toEqual({ names: ['Ana'] });
  for (const [body, message] of [
    ['', /^body: /],
    ['{', /^body: it is not JSON/],
    ['{"names":[1]}', /^names\.0: /],
  ] as const)
    expect(await (await post(body)).json()).toMatchObject({
      error: 'bad_input',
      message: expect.stringMatching(message),
    });
  const long = await post(`{"names":["${'a'.repeat(20)}"]}`);
  expect(long.status).toBe(413);
});
