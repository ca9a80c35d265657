import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { href } from '../../router.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { shell } from '../../state/shell.ts';
import { startTexts } from '../../texts/en-start.ts';
import { sayWith } from '../../texts/words.ts';
import { Promise3 } from './promise.tsx';

export type Step = View.DashboardView['checklist'][number];

/** The road to the first correct document; each step is a link that does the thing. */
export function Checklist({
  steps,
  connectionId,
  systemId,
}: {
  steps: readonly Step[];
  connectionId: string | null;
  systemId: string;
}) {
  const done = steps.filter((step) => step.done).length;
  const current = steps.find((step) => !step.done)?.id;
  const facts = { marketplace: shell.state.value.value?.tenant.marketplace ?? '' };
  return (
    <section class="card checklist">
      <div class="head">
        <h1>{sayWith(startTexts.title)}</h1>
        <span class="quiet">
          {say(startTexts.done, { done: String(done), total: String(steps.length) })}
        </span>
      </div>
      <progress aria-label={sayWith(startTexts.title)} value={done} max={steps.length} />
      <p class="lead">{sayWith(startTexts.lead)}</p>
      <ol>
        {steps.map((step) => {
          const [title, help] = startTexts.steps[step.id];
          const reachable = step.id === 'marketplace' || step.id === 'connect' || connectionId;
          return (
            <li key={step.id} class={step.done ? 'done' : step.id === current ? 'current' : ''}>
              <span class="dot">{step.done && <Icon name="check" />}</span>
              <div>
                <strong class="block">{sayWith(title, facts)}</strong>
                <span class="quiet">{sayWith(help, facts)}</span>
              </div>
              {step.done && <Badge tone="good">{startTexts.isDone}</Badge>}
              {reachable && (
                <Go step={step} main={step.id === current} {...{ connectionId, systemId }} />
              )}
            </li>
          );
        })}
      </ol>
      <Promise3 />
    </section>
  );
}

function Go({
  step,
  main,
  connectionId,
  systemId,
}: {
  step: Step;
  main: boolean;
  connectionId: string | null;
  systemId: string;
}) {
  const text = step.done ? startTexts.open : startTexts.go[step.id];
  const kind = main ? 'main' : 'plain';
  if (step.id === 'settings')
    return (
      <Button
        small
        kind={kind}
        onClick={() => {
          settingsFor.value = connectionId;
        }}
      >
        {text}
      </Button>
    );
  if (step.done && step.id === 'connect') return null;
  return (
    <LinkButton small kind={kind} to={addressOf(step.id, connectionId ?? '', systemId)}>
      {text}
    </LinkButton>
  );
}

function addressOf(id: Step['id'], connectionId: string, systemId: string): string {
  switch (id) {
    case 'marketplace':
      return href(['marketplace']);
    case 'connect':
      return href(['connect', systemId]);
    case 'settings':
      return href(['c', connectionId]);
    case 'customers':
    case 'products':
      return href(['c', connectionId, 'mappings', id], { only: 'unmapped' });
    case 'bill-from':
      return href(['c', connectionId], { ask: 'bill-from' });
    case 'preview':
      return href(['c', connectionId, 'sync-all']);
    case 'sync':
      return href(['c', connectionId, 'tasks'], { view: 'ready' });
    default:
      return id satisfies never;
  }
}
