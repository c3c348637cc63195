/** One delivery at a door of the house, with the instant at which it happened. */
export type Delivery =
  | { door: 'webhook'; at: number; svixId: string; payload: ResendPayload }
  | { door: 'api'; at: number; path: string; key: string; body: Record<string, unknown> };

export type ResendPayload = { type: string; created_at: string; data: Record<string, unknown> };

/** An instant as the doors read it. */
export const instant = (at: number): string => new Date(at).toISOString();

/** A body for one of the API's doors, named by canonical CSV headers; nulls are left out. */
export function apiDelivery(
  path: string,
  key: string,
  at: number,
  body: Record<string, unknown>,
): Delivery {
  const stated = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined),
  );
  return {
    door: 'api',
    at,
    path,
    key: `sample-${key}`,
    body: { ...stated, observed_at: instant(at) },
  };
}
