import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { changeProducts, products } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { BulkActions } from './bulk-actions.tsx';
import { MatchedList } from './matched-list.tsx';
import { PickItem } from './pick.tsx';
import { filterText } from './tools.tsx';

type Row = View.ProductMappingRow;

export const ProductsTab = ({ id }: { id: string }) => (
  <MatchedList
    id={id}
    kind="products"
    from={useResource(products, id, filterText())}
    again={products.reload}
    change={(change) => changeProducts(id, change)}
    head={texts.product}
    name={(row) => <Name row={row} />}
    more={({ accountCode }) =>
      accountCode && <span class="quiet small">{say(texts.account, { code: accountCode })}</span>
    }
    bulk={(ids, done) => (
      <BulkActions
        kind="products"
        ids={ids}
        change={(act) => changeProducts(id, act)}
        done={done}
      />
    )}
    pick={(row, close) => <PickItem id={id} row={row} onClose={close} />}
  />
);

const Name = ({ row: { name, fee, vendor, partNumber } }: { row: Row }) => (
  <>
    <strong class="block">{name}</strong>
    {fee && <Badge>{wizardTexts.product.fees[fee]}</Badge>}{' '}
    <span class="quiet small">{[vendor, partNumber].filter(Boolean).join(' · ')}</span>
  </>
);
