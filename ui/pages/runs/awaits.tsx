import type { View } from '../../api.ts';
import { instant, money, say } from '../../i18n.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Notice } from '../../parts/states.tsx';
import { href } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { answerSecond } from '../../state/people.ts';
import { connection, shell } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { peopleTexts as texts } from '../../texts/en-people.ts';
import { sayWith } from '../../texts/words.ts';

/** Why a run waits, who prepared it, and the second person's answer. */
export function AwaitsAnswer({ id, of }: { id: string; of: View.RunView }) {
  const { awaits } = of;
  if (!awaits) return null;
  const isOwn = awaits.notBy.includes(shell.state.value.value?.user.id ?? '');
  const mayApprove = connection.value?.mayApprove === true;
  const amount = awaits.totals.map(money).join(' + ');
  const taskIds = [...new Set(of.parts.flatMap((part) => part.taskIds))];
  const give = async () => {
    const yes = await ask({
      title: say(texts.giveTitle, { name: of.by }),
      body: [sayWith(texts.giveBody, { amount })],
      yes: texts.give,
    });
    if (yes) await settle(answerSecond(id, of.id, 'given'), texts.given, 'run', 'tasks', 'log');
  };
  const decline = async () => {
    const name = isOwn ? texts.withdraw : texts.decline;
    const yes = await ask({ title: name, body: [texts.declineBody], yes: name });
    if (yes)
      await settle(answerSecond(id, of.id, 'declined'), texts.declined, 'run', 'tasks', 'log');
  };
  return (
    <Notice
      tone="asks"
      action={
        <span class="buttons">
          {taskIds.length > 0 && (
            <LinkButton small to={href(['c', id, 'wizard'], { tasks: taskIds.join(',') })}>
              {texts.lines}
            </LinkButton>
          )}
          {!isOwn && (
            <Button kind="main" needs="operator" disabled={!mayApprove} onClick={give}>
              {texts.give}
            </Button>
          )}
          <Button needs="operator" disabled={!isOwn && !mayApprove} onClick={decline}>
            {isOwn ? texts.withdraw : texts.decline}
          </Button>
        </span>
      }
    >
      <p>
        <strong>{texts.waits}</strong> {amount}
      </p>
      <p>
        {say(texts.prepared, { name: of.by, time: instant(of.startedAt) })}{' '}
        {say(texts.why[awaits.why], { amount: awaits.limit ? money(awaits.limit) : '' })}
      </p>
      {isOwn && <p>{texts.own}</p>}
      {!isOwn && !mayApprove && <p>{texts.needsGrant}</p>}
    </Notice>
  );
}
