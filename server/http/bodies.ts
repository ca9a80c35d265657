import * as v from 'valibot';
import { dateSchema } from '../domain/dates.ts';
import { decisionValueSchema, scopeSchema } from '../domain/decision.ts';
import { itemDraftSchema } from '../domain/item.ts';
import { letterDayMax } from '../domain/letter.ts';
import { letterSwitches } from '../domain/letter-switch.ts';
import { mailAddressSchema, mailingSchema, recipientsMax } from '../domain/mail.ts';
import { currencySchema } from '../domain/money.ts';
import { everyMonthsMax, ownTermsSchema } from '../domain/own-charge.ts';
import { feeKindSchema } from '../domain/product.ts';
import { settingsSchema } from '../domain/settings.ts';
import { noteMax } from '../domain/task-care.ts';
import { problemKindSchema, problemKinds } from '../domain/ticket.ts';

/** What the page may send, checked once at the edge. Unknown members are refused. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
export const selectionMax = 2000;
const ids = v.pipe(v.array(id), v.minLength(1), v.maxLength(selectionMax));
const all = v.literal('all');
const shortText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));

export const marketplaceBody = v.strictObject({
  method: id,
  fields: v.record(id, v.pipe(v.string(), v.maxLength(2000))),
});
export type MarketplaceBody = v.InferInput<typeof marketplaceBody>;

export const flowBody = v.strictObject({
  systemId: id,
  /** Set to connect the same connection again. */
  connectionId: v.optional(id),
  ownApp: v.optional(
    v.strictObject({
      clientId: id,
      clientSecret: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
    }),
  ),
});
export type FlowBody = v.InferInput<typeof flowBody>;

/** Fields by id, as the system's manifest names them. */
const credentials = v.record(id, v.pipe(v.string(), v.maxLength(2000)));
export const credentialsTestBody = v.strictObject({ credentials });
export const credentialsBody = v.strictObject({ credentials, connectionId: v.optional(id) });
export type CredentialsBody = v.InferInput<typeof credentialsBody>;

export const chooseBody = v.strictObject({ accountId: id });
/** Letters to customers: the day of the month they leave, and for whom they are on. */
export const lettersBody = v.strictObject({
  day: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(letterDayMax))),
});
export type LettersBody = v.InferInput<typeof lettersBody>;
export const lettersSwitchBody = v.strictObject({
  customerIds: ids,
  state: v.picklist(letterSwitches),
});
export type LettersSwitchBody = v.InferInput<typeof lettersSwitchBody>;
export const letterTestBody = v.strictObject({ customerId: id });
export type LetterTestBody = v.InferInput<typeof letterTestBody>;
/** What became of a letter whose answer was lost: it arrived, or it shall go out again. */
export const letterAnswerBody = v.strictObject({
  customerId: id,
  month: id,
  answer: v.picklist(['arrived', 'again']),
});
export type LetterAnswerBody = v.InferInput<typeof letterAnswerBody>;

/** Whether a person may approve and switch automatic on. */
export const grantBody = v.strictObject({ userId: id, granted: v.boolean() });
export type GrantBody = v.InferInput<typeof grantBody>;
/** The second person's answer. */
export const secondBody = v.strictObject({ answer: v.picklist(['given', 'declined']) });
export type SecondBody = v.InferInput<typeof secondBody>;

export const pauseBody = v.strictObject({ paused: v.boolean() });
export const settingsBody = v.strictObject({ settings: settingsSchema });
export const billFromBody = v.strictObject({ date: dateSchema, customerId: v.optional(id) });
export interface BillFromBody {
  date: string;
  customerId?: string;
}

/** What people arrange about tasks; what is left out stays. */
export const careBody = v.strictObject({
  taskIds: ids,
  assigneeId: v.optional(v.nullable(id)),
  note: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(noteMax)))),
  snoozedUntil: v.optional(v.nullable(dateSchema)),
});
export type CareBody = v.InferInput<typeof careBody>;
export const presenceBody = v.strictObject({ taskIds: ids });
/** An answer for what was set aside: try it again, or leave it with a reason. */
export const keptBody = v.variant('do', [
  v.strictObject({ do: v.literal('again'), ids }),
  v.strictObject({ do: v.literal('ignore'), ids, reason: shortText }),
]);
export type KeptBody = v.InferInput<typeof keptBody>;

export const taskBulkBody = v.strictObject({ taskIds: ids, reason: v.optional(shortText) });
export type TaskBulkBody = v.InferInput<typeof taskBulkBody>;

/**
 * Which tasks are meant: some, every one that is ready, or those that automatic would take. The last
 * shows what turning on does: of the customers named, or of all whose switch is on already.
 */
const choice = v.variant('kind', [
  v.strictObject({ kind: v.literal('tasks'), taskIds: ids }),
  v.strictObject({ kind: v.literal('all') }),
  v.strictObject({ kind: v.literal('automatic'), customerIds: v.union([ids, all]) }),
]);
export const previewBody = v.strictObject({ choice });
export type PreviewBody = v.InferInput<typeof previewBody>;
/** The previewed plans a person confirms: what they saw, and the tasks it was made from. */
export const runBody = v.strictObject({
  parts: v.pipe(
    v.array(v.strictObject({ ref: id, fingerprint: id, taskIds: ids })),
    v.minLength(1),
    v.maxLength(selectionMax),
  ),
});
export type RunBody = v.InferInput<typeof runBody>;

export const decisionBody = v.strictObject({ scope: scopeSchema, value: decisionValueSchema });
export type DecisionBody = v.InferInput<typeof decisionBody>;

export const openingBody = v.variant('answer', [
  v.strictObject({
    subscriptionIds: v.union([ids, all]),
    answer: v.picklist(['next-order', 'newest-order']),
  }),
  /** A line is one subscription's. */
  v.strictObject({
    subscriptionIds: v.strictTuple([id]),
    answer: v.literal('link'),
    documentId: id,
    lineId: id,
  }),
]);
export type OpeningBody = v.InferInput<typeof openingBody>;

/** One finding as it was seen, or every exact match. */
export const lookAnswerBody = v.variant('answer', [
  v.strictObject({ answer: v.literal('link-exact') }),
  v.strictObject({
    answer: v.picklist(['link', 'next-order', 'known', 'open']),
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
    seen: v.pipe(v.string(), v.maxLength(128)),
  }),
]);
export type LookAnswerBody = v.InferInput<typeof lookAnswerBody>;

const since = dateSchema;
const undoChoice = v.variant('kind', [
  v.strictObject({ kind: v.literal('run'), runId: id }),
  v.strictObject({ kind: v.literal('order'), orderId: id }),
  v.strictObject({ kind: v.literal('lines'), linkIds: ids }),
  v.strictObject({ kind: v.literal('customer'), customerId: id, since }),
  v.strictObject({ kind: v.literal('product'), productKey: id, since }),
]);
export const undoPreviewBody = v.strictObject({ choice: undoChoice });
export type UndoPreviewBody = v.InferInput<typeof undoPreviewBody>;
/** `seen` is the preview's, so that only what a person saw is taken back. */
export const undoBody = v.strictObject({
  choice: undoChoice,
  seen: v.pipe(v.string(), v.maxLength(128)),
});
export type UndoBody = v.InferInput<typeof undoBody>;

/** A mapping that was wrong, and since which day of service what was written moves with it. */
const correction = v.variant('kind', [
  v.strictObject({ kind: v.literal('customer'), customerId: id, targetId: id, since }),
  v.strictObject({
    kind: v.literal('product'),
    productKey: id,
    fee: v.nullable(feeKindSchema),
    targetId: id,
    since,
  }),
]);
export const correctionPreviewBody = v.strictObject({ correction });
export type CorrectionPreviewBody = v.InferInput<typeof correctionPreviewBody>;
/** `seen` is the preview's, so that only what a person saw is corrected. */
export const correctionBody = v.strictObject({
  correction,
  seen: v.pipe(v.string(), v.maxLength(128)),
});
export type CorrectionBody = v.InferInput<typeof correctionBody>;

/** `seen` names what the person looked at. */
export const driftBody = v.strictObject({
  documentId: id,
  seen: v.pipe(v.string(), v.maxLength(128)),
  linkIds: v.union([ids, all]),
  answer: v.picklist(['theirs', 'again']),
});
export type DriftBody = v.InferInput<typeof driftBody>;

export const customerMapBody = v.strictObject({
  customerId: id,
  targetId: v.nullable(id),
  from: v.optional(dateSchema),
});
export interface CustomerMapBody {
  customerId: string;
  targetId: string | null;
  from?: string;
}
export const itemMapBody = v.strictObject({
  productKey: id,
  fee: v.nullable(feeKindSchema),
  targetId: v.nullable(id),
  from: v.optional(dateSchema),
  accountCode: v.optional(v.nullable(id)),
  taxType: v.optional(v.nullable(id)),
});
export type ItemMapBody = v.InferInput<typeof itemMapBody>;

export const customerBulkBody = v.variant('do', [
  v.strictObject({ do: v.literal('suggest') }),
  v.strictObject({ do: v.literal('confirm'), ids: v.union([ids, v.literal('exact')]) }),
  v.strictObject({ do: v.literal('dismiss'), ids }),
  v.strictObject({ do: v.literal('unmap'), ids }),
  v.strictObject({ do: v.literal('create'), ids }),
  v.strictObject({ do: v.literal('automatic'), ids: v.union([ids, all]), on: v.boolean() }),
  v.strictObject({ do: v.literal('bills'), ids, on: v.boolean() }),
  v.strictObject({ do: v.literal('schedule-answered'), ids }),
  v.strictObject({
    do: v.literal('exclude'),
    ids,
    reason: shortText,
    until: v.nullable(dateSchema),
  }),
  v.strictObject({ do: v.literal('include'), ids }),
]);
export type CustomerBulkBody = v.InferInput<typeof customerBulkBody>;
/** Ids are mapping ids (`productMappingId`). */
export const productBulkBody = v.variant('do', [
  v.strictObject({ do: v.literal('suggest') }),
  v.strictObject({ do: v.literal('confirm'), ids: v.union([ids, v.literal('exact')]) }),
  v.strictObject({ do: v.literal('dismiss'), ids }),
  v.strictObject({ do: v.literal('unmap'), ids }),
  v.strictObject({
    do: v.literal('exclude'),
    ids,
    reason: shortText,
    until: v.nullable(dateSchema),
  }),
  v.strictObject({ do: v.literal('include'), ids }),
]);
export type ProductBulkBody = v.InferInput<typeof productBulkBody>;
export const createItemsBody = v.strictObject({
  items: v.pipe(
    v.array(
      v.strictObject({ productKey: id, fee: v.nullable(feeKindSchema), draft: itemDraftSchema }),
    ),
    v.minLength(1),
    v.maxLength(500),
  ),
});
export type CreateItemsBody = v.InferInput<typeof createItemsBody>;

const ownPlace = {
  itemId: v.nullable(id),
  accountCode: v.nullable(id),
  taxType: v.nullable(id),
};
/** An own charge of a customer: its words and price, and where it is booked. */
export const ownChargeBody = v.strictObject({
  ...ownTermsSchema.entries,
  ...ownPlace,
  customerId: id,
  currency: currencySchema,
  everyMonths: v.nullable(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(everyMonthsMax)),
  ),
  until: v.nullable(dateSchema),
});
export type OwnChargeBody = v.InferInput<typeof ownChargeBody>;
export const ownStepBody = v.variant('do', [
  v.strictObject({ do: v.literal('change'), ...ownTermsSchema.entries, ...ownPlace }),
  v.strictObject({ do: v.picklist(['pause', 'resume']), from: dateSchema }),
  v.strictObject({ do: v.literal('end'), from: v.nullable(dateSchema) }),
]);
export type OwnStepBody = v.InferInput<typeof ownStepBody>;

/** To whom a connection writes, and when. */
export const mailBody = v.strictObject({
  to: v.pipe(v.array(mailAddressSchema), v.maxLength(recipientsMax)),
  digestAt: mailingSchema.entries.digestAt,
  failures: v.boolean(),
});
export type MailBody = v.InferInput<typeof mailBody>;

/** What is told by mail and what by a ticket, and where tickets go. */
export const ticketingBody = v.strictObject({
  on: v.boolean(),
  kinds: v.pipe(v.array(problemKindSchema), v.maxLength(problemKinds.length)),
  quiet: v.pipe(v.array(problemKindSchema), v.maxLength(problemKinds.length)),
  place: v.pipe(
    v.record(
      v.pipe(v.string(), v.maxLength(40)),
      v.pipe(v.string(), v.minLength(1), v.maxLength(50)),
    ),
    v.maxEntries(20),
  ),
  companyName: v.nullable(v.pipe(v.string(), v.maxLength(300))),
});
export type TicketingBody = v.InferInput<typeof ticketingBody>;

/** A change that is only thought of: settings, or another target of one customer or product. */
export const whatIfBody = v.variant('change', [
  v.strictObject({ change: v.literal('settings'), settings: settingsSchema }),
  v.strictObject({ change: v.literal('customer'), ...customerMapBody.entries }),
  v.strictObject({ change: v.literal('product'), ...itemMapBody.entries }),
]);
export type WhatIfBody = v.InferInput<typeof whatIfBody>;

/** Closes a month as the person saw it. */
export const monthCloseBody = v.strictObject({ seen: id });
export type MonthCloseBody = v.InferInput<typeof monthCloseBody>;

/** From which day a customer is billed automatically, after a comparison as the person saw it. */
export const shadowSwitchBody = v.strictObject({ customerId: id, seen: id, from: dateSchema });
export interface ShadowSwitchBody {
  customerId: string;
  seen: string;
  from: string;
}

/** Whether a person found in the system what nobody could tell. */
export const unclearBody = v.strictObject({ happened: v.boolean() });

export const csvTextMax = 1_000_000;
export const csvBody = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(csvTextMax)),
  apply: v.boolean(),
});
export type CsvBody = v.InferInput<typeof csvBody>;
