/** Rows of facts straight into the tables, with only what a test cares about spelled out. */

/** Inserters for the database that `db` gives once the house is open; instants are UTC ms. */
export function rowsInto(db: () => D1Database) {
  const insert = (table: string, row: Record<string, unknown>) =>
    db()
      .prepare(
        `insert into ${table} (${Object.keys(row)}) values (${Object.keys(row).map(() => '?')})`,
      )
      .bind(...Object.values(row))
      .run();
  const contact = (contact_id: number, added: number, more = {}) =>
    insert('contacts', {
      contact_id,
      contact_key: `k${contact_id}`,
      lead_added_at: added,
      lead_added_day: '2025-06-15',
      ...more,
    });
  const message = (
    contact_id: number,
    message_id: string,
    at: number,
    email_type: string | null = null,
  ) =>
    insert('email_messages', {
      contact_id,
      message_id,
      created_at: at,
      created_day: '2025-06-15',
      email_type,
    });
  const mail = (contact_id: number, message_id: string, event_type: string, at: number) =>
    insert('email_events', {
      contact_id,
      occurred_at: at,
      event_id: `${message_id}-${event_type}-${at}`,
      message_id,
      event_type,
      occurred_day: '2025-06-15',
      landed_at: at,
    });
  const purchase = (contact_id: number, purchase_key: string, at: number, more = {}) =>
    insert('purchases', {
      contact_id,
      purchase_key,
      provider: 'api',
      purchased_at: at,
      purchased_day: '2025-06-15',
      product_name: 'Course',
      kind: 'one_off',
      amount_minor: 10000,
      currency: 'EUR',
      status: 'enrolled',
      ...more,
    });
  const call = (contact_id: number, call_key: string, more = {}) =>
    insert('calls', {
      contact_id,
      call_key,
      provider: 'manual',
      class: 'booked',
      direction: 'outbound',
      ...more,
    });
  return { insert, contact, message, mail, purchase, call };
}
