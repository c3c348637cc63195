/** The address by which people recognise a contact: an email before a phone before an id. */

/** SQL for `part` of it; `contact` is the column or expression with the contact's id. */
export const firstAddress = (contact: string, part: 'kind' | 'value' = 'value'): string =>
  `(select ${part} from identities where identities.contact_id = ${contact}
    order by case kind when 'email' then 0 when 'phone' then 1 else 2 end, value limit 1)`;
