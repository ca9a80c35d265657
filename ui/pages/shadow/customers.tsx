import type { View } from '../../api.ts';
import { number, plural, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Table } from '../../parts/table.tsx';
import { href } from '../../router.ts';
import { shadowTexts as texts } from '../../texts/en-shadow.ts';
import { Switch } from './switch.tsx';

export const verdicts = ['same', 'differs', 'only-ours', 'only-theirs', 'asks'] as const;

/** Customers with both sides of their month, and the way over. */
export const Customers = ({ id, of }: { id: string; of: View.ShadowView }) => (
  <Table
    caption={texts.title}
    rows={of.rows}
    rowId={(row) => row.customerId}
    rowName={({ name }) => name}
    columns={[
      { id: 'name', head: texts.customer, kind: 'main', cell: (row) => <Name of={row} /> },
      { id: 'ours', head: texts.ours, kind: 'end', cell: ({ ours }) => <Moneys of={ours} /> },
      { id: 'theirs', head: texts.theirs, kind: 'end', cell: (row) => <Moneys of={row.theirs} /> },
      {
        id: 'difference',
        head: texts.difference,
        kind: 'end',
        cell: ({ difference }) => <Moneys of={difference} />,
      },
      {
        id: 'act',
        head: texts.act,
        kind: 'act',
        cell: (row) => (
          <span class="buttons">
            <LinkButton
              small
              to={href(['c', id, 'shadow'], { month: of.month, customer: row.customerId })}
            >
              {texts.see}
              <span class="hidden">: {row.name}</span>
            </LinkButton>
            <Switch id={id} month={of.month} of={row} from={of.switchFrom} />
          </span>
        ),
      },
    ]}
  />
);

const Name = ({ of }: { of: View.ShadowCustomerView }) => (
  <>
    <Badge tone={of.isClean ? 'good' : 'asks'}>
      {of.isClean ? texts.clean : texts.verdicts.differs}
    </Badge>
    <strong class="block">{of.name}</strong>
    <span class="quiet block">
      {verdicts
        .filter((verdict) => of.counts[verdict] > 0)
        .map((verdict) => plural(texts.counts[verdict], of.counts[verdict]))
        .join(' · ')}
    </span>
    <span class="quiet block">
      {say(texts.documents, {
        ours: number(String(of.documents.ours)),
        theirs: number(String(of.documents.theirs)),
      })}
    </span>
  </>
);
