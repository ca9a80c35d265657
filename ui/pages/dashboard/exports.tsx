import type { View } from '../../api.ts';
import { clockTime, day, instant, plural, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { href } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { pause } from '../../state/connection.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { may, words } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { exportTexts as texts } from '../../texts/en-invoices.ts';
import { sayWith } from '../../texts/words.ts';
import { clockOf } from '../settings/minutes.ts';
import { Fact } from './connection-card.tsx';

/** When lines go to the system, what went last, and the switches; it makes the invoices itself. */
export function Exports({
  connection,
  of,
}: {
  connection: View.ConnectionView;
  of: View.ExportsView;
}) {
  return (
    <section class="card" aria-labelledby="exports">
      <h2 id="exports">{sayWith(texts.title)}</h2>
      <dl class="facts">
        <Fact name={texts.next}>{nextOf(connection, of)}</Fact>
        <Fact name={texts.how}>
          {say(texts.modes[of.mode], { time: clockOf(of.minuteOfDay ?? 0) })}
          <Button
            small
            kind="quiet"
            icon="edit"
            label={`${texts.change}: ${texts.how}`}
            onClick={() => {
              settingsFor.value = connection.id;
            }}
          >
            {texts.change}
          </Button>
        </Fact>
        <Fact name={texts.last}>
          {of.last ? <Last id={connection.id} of={of.last} /> : texts.lastNone}
        </Fact>
      </dl>
      <p>{sayWith(texts.runs, { where: of.madeIn })}</p>
      <p class="quiet small">{sayWith(texts.remapping)}</p>
      <div class="buttons">
        {may('operator') && connection.state === 'active' && !connection.paused && (
          <LinkButton small kind="main" to={href(['c', connection.id, 'sync-all'])}>
            {texts.start}
          </LinkButton>
        )}
        <Button small needs="operator" onClick={() => toggle(connection)}>
          {connection.paused ? texts.enable : texts.disable}
        </Button>
        <span class="quiet small">{texts.startHelp}</span>
      </div>
    </section>
  );
}

function nextOf({ paused, timeZone }: View.ConnectionView, { next }: View.ExportsView): string {
  if (paused) return texts.nextPaused;
  if (next === null) return texts.nextNone;
  if (next.kind === 'check')
    return next.at ? say(texts.nextCheck, { time: clockTime(next.at) }) : texts.nextCheckSoon;
  return say(texts.nextDay, {
    date: day(next.on),
    time: clockOf(next.minuteOfDay),
    zone: timeZone,
  });
}

const Last = ({ id, of }: { id: string; of: NonNullable<View.ExportsView['last']> }) => (
  <span>
    <span class="block">{say(texts.lastBy, { time: instant(of.startedAt), name: of.by })}</span>
    <span class="block quiet">
      {plural(en.dashboard.documents, of.documents, { document: words.value.document })},{' '}
      {plural(texts.lines, of.lines)} <Moneys of={of.money} />
    </span>
    {of.endedAt === null && <Badge tone="accent">{texts.running}</Badge>}
    {of.stopped > 0 && <Badge tone="asks">{plural(texts.stopped, of.stopped)}</Badge>}{' '}
    <a href={href(['c', id, 'runs', of.runId])}>{texts.log}</a>
  </span>
);

async function toggle({ id, paused }: View.ConnectionView): Promise<void> {
  if (paused) {
    await settle(pause(id, false), texts.enabled, 'shell', 'connection');
    return;
  }
  const yes = await ask({
    title: sayWith(texts.disableTitle),
    body: texts.disableBody.map((text) => sayWith(text)),
    yes: texts.disable,
  });
  if (yes) await settle(pause(id, true), sayWith(texts.disabled), 'shell', 'connection');
}
