import type { View } from '../../api.ts';
import { href } from '../../router.ts';
import { connection } from '../../state/shell.ts';
import { pagesTexts } from '../../texts/en-pages.ts';

const texts = pagesTexts.log;

/** The plan with its explanations, or the system's own words, exactly as they were kept. */
export const LogDetails = ({ of }: { of: View.LogEntryView }) => (
  <div class="explanation">
    <dl class="facts">
      <div>
        <dt>{texts.what}</dt>
        <dd>{of.subject}</dd>
      </div>
      {of.orderId && (
        <div>
          <dt>{texts.order}</dt>
          <dd>
            {of.taskId && connection.value ? (
              <a
                href={href(['c', connection.value.id, 'tasks'], {
                  view: 'all',
                  search: of.subject,
                })}
              >
                {of.orderId}
              </a>
            ) : (
              of.orderId
            )}
          </dd>
        </div>
      )}
    </dl>
    {of.details !== null && of.details !== undefined && (
      <>
        <h2>{texts.plan}</h2>
        <Details of={of.details} depth={0} />
      </>
    )}
  </div>
);

const depthMax = 8;

/** Any kept value as nested lists; a text stays a text. */
function Details({ of, depth }: { of: unknown; depth: number }) {
  if (of === null || of === undefined) return <>–</>;
  if (typeof of !== 'object' || depth > depthMax) return <>{String(of)}</>;
  return (
    <ul class="details">
      {Object.entries(of).map(([name, value]) => (
        <li key={name}>
          {!Array.isArray(of) && <span class="quiet">{name}: </span>}
          <Details of={value} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}
