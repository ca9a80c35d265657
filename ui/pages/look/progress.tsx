import type { View } from '../../api.ts';
import { day, instant, number, say } from '../../i18n.ts';
import { ErrorBox, Notice } from '../../parts/states.tsx';
import { lookTexts as texts } from '../../texts/en-look.ts';
import { sayWith } from '../../texts/words.ts';

/** How far the look is, or why it stopped. It goes on without anybody watching. */
export function Progress({ of }: { of: View.LookView }) {
  const { read, from, endedAt } = of;
  const isOpen = of.compares === 'open-lines';
  if (of.state === 'never') return null;
  if (of.state === 'done')
    return (
      <p class="quiet">
        {sayWith(isOpen ? texts.openDone : texts.done, {
          time: instant(endedAt ?? ''),
          from: day(from),
          documents: number(read.documents),
        })}
      </p>
    );
  return (
    <>
      {of.failure && <ErrorBox error={of.failure} />}
      {of.state === 'reading' && (
        <Notice>
          <p role="status">
            {read.subscriptionsTotal === 0
              ? sayWith(isOpen ? texts.openReading : texts.reading, {
                  from: day(from),
                  documents: number(read.documents),
                })
              : say(texts.details, {
                  read: number(read.subscriptions),
                  total: number(read.subscriptionsTotal),
                })}{' '}
            {texts.leave}
          </p>
          {read.subscriptionsTotal > 0 && (
            <progress
              aria-label={texts.progress}
              value={read.subscriptions}
              max={read.subscriptionsTotal}
            />
          )}
          <p>{texts.soFar}</p>
        </Notice>
      )}
    </>
  );
}
