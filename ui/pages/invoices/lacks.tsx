import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Notice } from '../../parts/states.tsx';
import { invoiceTexts as texts } from '../../texts/en-invoices.ts';

/** A feature that is hidden says why, and where that is mended. */
export const Lacks = ({ of }: { of: View.OptionalRightView }) => (
  <Notice tone="asks">
    <p>
      <strong>{say(texts.lacks, { scope: of.scope })}</strong>{' '}
      {say(texts.lacksWhere, { why: of.why, where: of.where })}
    </p>
  </Notice>
);
