import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Failure, View } from '../../api.ts';
import { money, number, price, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Explanation } from '../../parts/explanation.tsx';
import { Money } from '../../parts/money.tsx';
import { ErrorBox, Skeleton } from '../../parts/states.tsx';
import { href } from '../../router.ts';
import { readDetails } from '../../state/log.ts';
import { connection } from '../../state/shell.ts';
import { lookAtUndo } from '../../state/undo.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { undoTexts } from '../../texts/en-undo.ts';
import { sayWith } from '../../texts/words.ts';

const texts = pagesTexts.log;

/** What stands behind an entry, in sentences; what has no sentence as it was kept. */
export function LogDetails({ of }: { of: View.LogEntryView }) {
  const details = useSignal<View.LogDetailsView | null>(null);
  const error = useSignal<Failure | null>(null);
  const read = async () => {
    const result = await readDetails(of.seq);
    error.value = result.ok ? null : result.error;
    if (result.ok) details.value = result.value;
  };
  useEffect(() => {
    void read();
  }, []);
  return (
    <div class="explanation">
      {error.value && <ErrorBox error={error.value} again={read} />}
      {details.value ? (
        <>
          <About subject={of.subject} orderNumber={details.value.orderNumber} />
          <Whole of={details.value} name={of.subject} />
        </>
      ) : (
        !error.value && <Skeleton />
      )}
    </div>
  );
}

const About = ({ subject, orderNumber }: { subject: string; orderNumber: string | null }) => (
  <dl class="facts">
    <div>
      <dt>{texts.what}</dt>
      <dd>{subject}</dd>
    </div>
    {orderNumber && (
      <div>
        <dt>{texts.order}</dt>
        <dd>
          {connection.value ? (
            <a
              href={href(['c', connection.value.id, 'tasks'], { view: 'all', search: orderNumber })}
            >
              {orderNumber}
            </a>
          ) : (
            orderNumber
          )}
        </dd>
      </div>
    )}
  </dl>
);

function Whole({
  of: { plan, changes, said, other, standing },
  name,
}: {
  of: View.LogDetailsView;
  name: string;
}) {
  const hasOther = other !== null && other !== undefined;
  return (
    <>
      {said && (
        <p>
          {sayWith(texts.said)}: “{said}”
        </p>
      )}
      {plan && <Plan plan={plan} standing={standing} />}
      {standing.length > 0 && (
        <TakeBack name={name} linkIds={standing.map(({ linkId }) => linkId)} />
      )}
      {changes.length > 0 && (
        <>
          <h2>{texts.changes}</h2>
          <ul>
            {changes.map(({ field, before, after }) => (
              <li key={field}>
                {say(texts.change, {
                  field: sayWith(fields[field]?.label ?? field),
                  before: before || texts.nothing,
                  after: after || texts.nothing,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {hasOther && (
        <details>
          <summary>{texts.other}</summary>
          <Kept of={other} depth={0} />
        </details>
      )}
      {!plan && !said && changes.length === 0 && !hasOther && (
        <p class="quiet">{texts.nothingMore}</p>
      )}
    </>
  );
}
const fields: Readonly<Record<string, { label: string } | undefined>> = settingsTexts.fields;

const TakeBack = ({ name, linkIds }: { name: string; linkIds: string[] }) => (
  <span class="buttons">
    <Button
      small
      needs="operator"
      onClick={() => {
        if (connection.value)
          return lookAtUndo(connection.value.id, name, { kind: 'lines', linkIds });
      }}
    >
      {undoTexts.act}
      <span class="hidden">: {name}</span>
    </Button>
  </span>
);

const Plan = ({
  plan,
  standing,
}: {
  plan: NonNullable<View.LogDetailsView['plan']>;
  standing: View.LogDetailsView['standing'];
}) => (
  <>
    <h2>{texts.plan}</h2>
    {plan.lines.map((line) => (
      <details key={line.chargeKey} class="plan">
        <summary>
          <span>
            {line.description}
            <span class="block quiet">
              {line.orderNumber} · {number(line.quantity)} × {price(line.unitPrice)}
            </span>
          </span>
          <Money of={line.amount} />
        </summary>
        <Explanation line={line} />
        {standing.length > 1 &&
          standing
            .filter(({ chargeKey }) => chargeKey === line.chargeKey)
            .map(({ linkId }) => (
              <TakeBack key={linkId} name={line.description} linkIds={[linkId]} />
            ))}
      </details>
    ))}
    <p>{sayWith(texts.total, { before: money(plan.before), after: money(plan.after) })}</p>
  </>
);

const depthMax = 8;

/** Any kept value as nested lists; a text stays a text. */
function Kept({ of, depth }: { of: unknown; depth: number }) {
  if (of === null || of === undefined) return <>–</>;
  if (typeof of !== 'object' || depth > depthMax) return <>{String(of)}</>;
  return (
    <ul class="details">
      {Object.entries(of).map(([name, value]) => (
        <li key={name}>
          {!Array.isArray(of) && <span class="quiet">{name}: </span>}
          <Kept of={value} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}
