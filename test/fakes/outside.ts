/** The outside world of a house in a test: msw handlers, the same for Workers and for Node. */
import type { Request as HouseRequest, Response as HouseResponse } from 'miniflare';
import { Response } from 'miniflare';
import { getResponse, type RequestHandler } from 'msw';

/** Answers what the handlers answer; any other request fails, naming where it wanted to go. */
export const outsideOf =
  (...handlers: RequestHandler[]) =>
  async (request: HouseRequest): Promise<HouseResponse> => {
    const body = request.body === null ? null : await request.arrayBuffer();
    const { url, method } = request;
    const asked = new globalThis.Request(url, { method, headers: [...request.headers], body });
    const answer = await getResponse(handlers, asked);
    if (!answer) throw new Error(`a request to ${url} left the house`);
    const headers = [...answer.headers] as [string, string][];
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers });
  };
