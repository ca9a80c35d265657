import type { View } from '../../api.ts';
import { ask } from '../../state/ask.ts';
import { setBillFrom } from '../../state/connection.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';

/** The date from which we bill: its own question, with the first of next month preselected. */
export async function askBillFrom(of: View.ConnectionView): Promise<void> {
  const answer = await ask({
    title: en.billFrom.title,
    body: en.billFrom.body,
    yes: en.common.save,
    date: { label: en.billFrom.label, value: of.billFrom ?? of.billFromProposal },
  });
  if (answer)
    await settle(setBillFrom(of.id, answer.date), en.billFrom.done, 'connection', 'tasks');
}
