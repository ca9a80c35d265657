import type { View } from '../api.ts';
import { day, say } from '../i18n.ts';
import { careTexts } from '../texts/en-care.ts';
import { Badge } from './badge.tsx';

/** What colleagues arranged about a task, and who is in it now. */
export const Arranged = ({ of: { care, present } }: { of: View.TaskRow }) => (
  <>
    {care.snoozedUntil && (
      <Badge tone="waits">{say(careTexts.until, { date: day(care.snoozedUntil) })}</Badge>
    )}
    {care.assignee && <Badge>{say(careTexts.with, { name: care.assignee.name })}</Badge>}
    {care.note && (
      <span class="quiet">{say(careTexts.noted, { text: care.note.text, by: care.note.by })}</span>
    )}
    {present.length > 0 && (
      <span class="asks">
        {say(present.length === 1 ? careTexts.present : careTexts.presentMany, {
          names: present.join(', '),
        })}
      </span>
    )}
  </>
);
