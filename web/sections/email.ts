/** Every message of every campaign: what was sent, and what people did with it. */

import { campaignName, label } from '../../core/display/labels.ts';
import { count, rate } from '../../core/display/numbers.ts';
import type { MessageFigures } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { groupedTable, number, text, twoLines } from '../table.ts';

export function emailPerformance(messages: MessageFigures[]): Html {
  const lede = 'Rates are of emails sent. “By people” excludes opens by email software.';
  if (messages.length === 0)
    return card('email', 'Email', lede, quiet('No email has been sent yet.'), true);
  const over = (part: number, sent: number) => rate(sent ? part / sent : null);
  return card(
    'email',
    'Email',
    lede,
    groupedTable(
      'Email performance by message',
      [
        text('Message'),
        number('Sent'),
        number('Delivered'),
        number('Opened'),
        number('By people'),
        number('Clicked'),
        number('Replied'),
        number('Bounced'),
        number('Spam'),
      ],
      [...Map.groupBy(messages, ({ campaign }) => campaign)].map(([campaign, sent]) => ({
        name: sent[0]?.name ?? campaignName(campaign),
        rows: sent.map((m) => [
          twoLines(label(m.email_type), `v${m.sequence_version}, step ${m.step}`),
          count(m.sent),
          over(m.delivered, m.sent),
          over(m.opened, m.sent),
          over(m.opened_human, m.sent),
          over(m.clicked, m.sent),
          over(m.replied, m.sent),
          over(m.bounced, m.sent),
          over(m.complained, m.sent),
        ]),
      })),
    ),
    true,
  );
}
