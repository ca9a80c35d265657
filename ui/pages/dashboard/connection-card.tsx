import type { ComponentChildren } from 'preact';
import type { View } from '../../api.ts';
import { clockTime, day, instant, number, plural, relative, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Notice } from '../../parts/states.tsx';
import { href } from '../../router.ts';
import { check, test } from '../../state/connection.ts';
import { shell } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { askBillFrom } from './bill-from.ts';

const tones = { active: 'good', broken: 'bad', disconnected: 'neutral' } as const;

/** Is it running? Whose login, when it looked last, and the switches. */
export function ConnectionCard({ of }: { of: View.ConnectionView }) {
  const texts = en.dashboard;
  return (
    <section class="card" aria-labelledby="connection">
      <div class="head">
        <h2 id="connection">{of.accountName}</h2>
        <Badge tone={tones[of.state]}>{texts.state[of.state]}</Badge>
      </div>
      <p class="quiet">
        {say(of.typedAccess ? texts.restsOnTyped : texts.restsOn, {
          name: of.connectedBy,
          date: day(of.connectedAt),
        })}
        {of.demo && ` · ${texts.demo}`}
      </p>
      <dl class="facts">
        <Fact name={texts.lastCheck}>
          {of.lastCheckAt ? <Ago at={of.lastCheckAt} /> : texts.never}
        </Fact>
        <Fact name={texts.nextCheck}>
          {of.checking ? texts.checking : of.nextCheckAt ? <Ago at={of.nextCheckAt} /> : texts.off}
        </Fact>
        <Fact name={texts.billFrom}>
          {of.billFrom ? day(of.billFrom) : <Badge tone="asks">{texts.billFromOpen}</Badge>}
          <Button
            small
            kind="quiet"
            needs="admin"
            icon="edit"
            label={en.billFrom.title}
            onClick={() => askBillFrom(of)}
          >
            {en.billFrom.title}
          </Button>
        </Fact>
        {of.limits.dayRemaining !== null && (
          <Fact name={texts.budget}>{number(of.limits.dayRemaining)}</Fact>
        )}
        <Fact
          name={say(texts.marketplaceBudget, {
            name: shell.state.value.value?.tenant.marketplace ?? '',
          })}
        >
          {say(texts.ofDay, {
            used: number(of.marketplaceBudget.usedToday),
            total: number(of.marketplaceBudget.perDay),
          })}
        </Fact>
      </dl>
      {of.limits.blockedUntil && (
        <Badge tone="waits">
          {say(texts.blocked, { time: clockTime(of.limits.blockedUntil) })}
        </Badge>
      )}
      {of.resting && <Resting of={of.resting} />}
      <div class="buttons">
        {of.state === 'active' ? (
          <>
            <Button needs="operator" icon="sync" small onClick={() => checkNow(of.id)}>
              {texts.checkNow}
            </Button>
            <Button
              needs="operator"
              small
              onClick={() => settle(test(of.id), texts.testOk, 'connection')}
            >
              {texts.test}
            </Button>
            <Button needs="admin" kind="quiet" small onClick={() => leave(of)}>
              {texts.disconnect}
            </Button>
          </>
        ) : (
          <LinkButton kind="main" to={href(['connect', of.systemId], { again: of.id })}>
            {texts.reconnect}
          </LinkButton>
        )}
      </div>
    </section>
  );
}

/** Why nothing is called, since when, and when one call tries again. */
const Resting = ({ of }: { of: NonNullable<View.ConnectionView['resting']> }) => (
  <Notice tone="asks">
    <p>
      <strong>{say(en.dashboard.resting, { time: instant(of.since) })}</strong> {of.reason.message}{' '}
      {plural(en.dashboard.restingNext, of.failures, { time: clockTime(of.until) })}
    </p>
  </Notice>
);

export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Ago = ({ at }: { at: string }) => (
  <time dateTime={at} title={instant(at)}>
    {relative(at)}
  </time>
);

const checkNow = (id: string) =>
  settle(
    check(id),
    ({ tasksNew }) =>
      tasksNew > 0 ? plural(en.dashboard.checkedNew, tasksNew) : en.dashboard.checkedNone,
    'tasks',
    'connection',
  );

/** Its words are loaded when they are needed. */
const leave = (of: View.ConnectionView): Promise<void> =>
  import('./leave.ts').then((at) => at.leave(of));
