import { html } from 'hono/html';
import type { FaultView } from '../../player.ts';
import type { ResellerAccount } from '../model.ts';
import { chip, type Html, SAID } from './layout.ts';

export interface SimulatorView {
  account: ResellerAccount;
  now: string;
  origin: { seed: number; size: string };
  app: { running: boolean; pid: number | null; starts: number } | undefined;
  organisations: readonly string[];
  points: readonly { point: string; stories: readonly string[] }[];
  usersTold: boolean;
  players: readonly { name: string; url: string; faults: readonly FaultView[] }[];
}

/** Stories that need nothing but the marketplace. */
const MARKET_STORIES = [
  {
    story: 'price-rise',
    what: 'The vendor raises the price of the product that most customers pay by the month.',
    label: 'Raise a price',
  },
  {
    story: 'runaway',
    what: 'A machine nobody switched off: one customer’s use is a thousand times what it was.',
    label: 'Let use run away',
  },
  {
    story: 'thin-margin',
    what: 'The vendor asks more of the reseller, and hardly anything is left of the price.',
    label: 'Squeeze a margin',
  },
  {
    story: 'home-vendor',
    what: 'Orders in US dollars tell the rate by which they were made of Australian ones.',
    label: 'Tell rates with orders',
  },
  {
    story: 'big-order',
    what: 'A branch opens: one order far above what the others come to.',
    label: 'Order for a branch',
  },
  {
    story: 'customer-leaves',
    what: 'A customer with metered use cancels everything in one day.',
    label: 'Let a customer leave',
  },
  {
    story: 'late-usage',
    what: 'Their last use is rated afterwards; move the clock first.',
    label: 'Rate their last use',
  },
  {
    story: 'late-usage-closed',
    what: 'The same, and the marketplace has closed them meanwhile.',
    label: 'Rate it, and close them',
  },
  {
    story: 'yearly',
    what: 'A customer buys seven seats for a whole year, whose price no twelve equal parts give.',
    label: 'Sell a year',
  },
  {
    story: 'seats-in-a-day',
    what: 'Somebody orders five seats, takes them off at once, and orders the two that were meant.',
    label: 'Change seats thrice',
  },
  {
    story: 'seats-again',
    what: 'Somebody takes five more seats, and gives two of them back on the same day.',
    label: 'Change seats twice',
  },
  {
    story: 'forgotten-period',
    what: 'The billing passes over one subscription. Run it after the next period began, and three days on.',
    label: 'Forget a period',
  },
  {
    story: 'forgotten-remembered',
    what: 'The marketplace notices; its next billing charges the forgotten period after all.',
    label: 'Remember it',
  },
  {
    story: 'term-ends',
    what: 'The term that ends first begins again and is charged.',
    label: 'Renew a term',
  },
  {
    story: 'more-seats',
    what: 'A customer takes three seats more: the next letter about their bill says so.',
    label: 'Take more seats',
  },
] as const;

/** What somebody at the desk of the accounting does, beside the app. */
const BOOK_STORIES = [
  {
    story: 'hand-billing',
    what: 'A person in Xero bills the last three months by hand, with the slips that such work has.',
    label: 'Bill by hand',
  },
  {
    story: 'order-billing',
    what: 'Or bills the orders of this month alone, today, and gets some of them wrong.',
    label: 'Bill this month’s orders by hand',
  },
  {
    story: 'support-by-hand',
    what: 'Or bills some customers a support contract that the marketplace knows nothing of: an own charge, from now on.',
    label: 'Bill support by hand',
  },
  {
    story: 'two-contacts',
    what: 'Or adds a customer a second time, so that a match by name finds the wrong contact.',
    label: 'Add a twin contact',
  },
  {
    story: 'edited-books',
    what: 'Or, once the app billed, tidies an open invoice up: another price, a line gone, a visit, a line twice.',
    label: 'Edit the app’s invoice',
  },
] as const;

/** The same at the desk of a PSA, where lines stay open. */
const PSA_STORIES = [
  {
    story: 'agreements-by-hand',
    what: 'Or the people keep open lines on agreements in ConnectWise, with the same slips.',
    label: 'Keep agreements by hand',
  },
  {
    story: 'contracts-by-hand',
    what: 'Or on contracts in Autotask.',
    label: 'Keep contracts by hand',
  },
] as const;

const labelOf = (name: string): string =>
  [...BOOK_STORIES, ...PSA_STORIES, ...MARKET_STORIES].find(({ story }) => story === name)?.label ??
  name;

/** Everything that a person can make happen in this world, as forms on the control API. */
export function simulatorPage(view: SimulatorView): Html {
  const { account } = view;
  const tenant = html`<input type="hidden" name="tenantId" value="${account.tenantId}">`;
  const action = (name: string) =>
    html`<input type="hidden" name="action" value="${name}">${tenant}`;
  const organisations = html`<label>Organisation <select name="organisation">${view.organisations.map((name) => html`<option>${name}</option>`)}</select></label>`;
  return html`<h1>Sandbox controls</h1>
<p>Make things happen in ${account.name}, then see what the app does with them.</p>
<div class="columns">
  ${form(
    '/sandbox/orders',
    'Place an order',
    'Place the order',
    html`${action('place')}
    ${customers(account)}${products(account)}${quantity('5')}
    <label>Purchase order number <input name="poNumber" autocomplete="off"></label>`,
  )}
  ${form('/sandbox/orders', 'Change seats', 'Change the seats', html`${action('change')}${subscriptions(account)}${quantity('8', 'New quantity')}`)}
  ${form(
    '/sandbox/orders',
    'Cancel a subscription',
    'Cancel it',
    html`${action('cancel')}${subscriptions(account)}
    <label class="tick"><input type="checkbox" name="refundSetup"> Refund the setup fee too</label>`,
  )}
  ${form(
    '/sandbox/orders',
    'Record measured use',
    'Bill the use',
    html`${action('usage')}${subscriptions(account, true)}
    <label>Quantity <input name="quantity" inputmode="decimal" value="12.5" required></label>`,
  )}
  <section class="card"><h2>Monthly billing</h2>
    <p class="quiet">Bills every period that is due, renews terms that end, and rates measured use.</p>
    ${bare('/sandbox/orders', action('billing-run'), 'Run the billing')}
        ${bare('/sandbox/hide-billing-orders', html`${tenant}<label class="tick"><input type="checkbox" name="hidden" ${account.hideBillingOrders ? 'checked' : ''}> Hide billing orders from the API</label>`, 'Set')}
  </section>
  <section class="card"><h2>Before the app</h2>
    ${BOOK_STORIES.map((one) => story(one, organisations))}
    ${PSA_STORIES.map((one) => story(one))}
  </section>
  <section class="card"><h2>Stories</h2>
    <p class="quiet">What happens to a reseller some day. Run the billing, or wait a month, to see what the app asks.</p>
    ${MARKET_STORIES.map((one) => story(one))}
  </section>
  <section class="card"><h2>Users of customers</h2>
    <p>${view.usersTold ? chip('told') : chip('not told')}</p>
    <p class="quiet">SimpleAPI tells contacts, not users. Here the marketplace can be made to tell them, as others do, so that the app can put lists of users on agreements. It starts anew for that.</p>
    ${bare('/sandbox/tell-users', html`<input type="hidden" name="told" data-type="json" value="${view.usersTold ? 'false' : 'true'}">`, view.usersTold ? 'Tell no users' : 'Tell users')}
    ${bare('/sandbox/company-users', html`${tenant}${customers(account)}<label>What happens <select name="what"><option value="joins">somebody joins</option><option value="leaves">the last one leaves</option></select></label>`, 'Let it happen')}
  </section>
  <section class="card"><h2>What to try</h2>
    <p class="quiet">Each thing that billing has to stand, and the story to tell for it. An own charge and what-if begin in the app.</p>
    <dl class="stacked">${view.points.map(({ point, stories }) => html`<dt>${point}</dt><dd>${stories.map(labelOf).join(', ')}</dd>`)}</dl>
  </section>
  <section class="card"><h2>Clock</h2><p class="figure">${view.now.slice(0, 10)}</p><p class="quiet">${view.now.slice(11, 16)} UTC, for everybody in this world</p>
    <div class="row">${bare('/sandbox/clock', html`<input type="hidden" name="advanceDays" data-type="number" value="1">`, 'One day on')}
    ${bare('/sandbox/clock', html`<input type="hidden" name="advanceMonths" data-type="number" value="1">`, 'One month on')}</div>
  </section>
  <section class="card"><h2>The app</h2><p>${view.app ? (view.app.running ? chip('running') : chip('stopped')) : chip('elsewhere')}
    ${view.app?.pid ? html`<span class="quiet">process ${view.app.pid}, start ${view.app.starts}</span>` : ''}</p>
    <p class="quiet">Kill stops it at once, whatever it is doing. It starts again on the data it left.</p>
    <div class="row">${bare('/sandbox/app/kill', html``, 'Kill app')}${bare('/sandbox/app/start', html``, 'Start app')}</div>
  </section>
  <section class="card"><h2>Other players</h2>
    <ul>${view.players.map(({ name, url }) => html`<li><a href="${url}/" target="_blank" rel="noreferrer">${name}</a></li>`)}
    <li><a href="/mailbox">Mailbox</a></li>
    <li><a href="/sandbox.json">Addresses, clients and the control API (JSON)</a></li></ul>
    <h2>Start over</h2>
    ${bare(
      '/sandbox/reset',
      html`<label>Seed <input type="number" name="seed" value="${view.origin.seed}" min="0" required></label>
      <label>Size <select name="size"><option ${view.origin.size === 'small' ? 'selected' : ''}>small</option><option ${view.origin.size === 'full' ? 'selected' : ''}>full</option></select></label>`,
      'Reset the world',
    )}
  </section>
</div>
<h2>Faults</h2>
${view.players.map(
  ({
    name,
    faults,
  }) => html`<details ${faults.some(({ active }) => active) ? 'open' : ''}><summary>${name}: ${faults.filter(({ active }) => active).length} of ${faults.length} on</summary>
      <ul class="cards">${faults.map((fault) => faultCard(name, fault))}</ul></details>`,
)}
${SAID}`;
}

function form(path: string, title: string, label: string, fields: Html): Html {
  return html`<form class="card" data-path="${path}"><h2>${title}</h2>${fields}<button type="submit" class="primary">${label}</button></form>`;
}

function bare(path: string, fields: Html, label: string): Html {
  return html`<form data-path="${path}">${fields}<button type="submit">${label}</button></form>`;
}

function story(
  { story: name, what, label }: { story: string; what: string; label: string },
  fields = html``,
): Html {
  return bare(
    '/sandbox/stories',
    html`<input type="hidden" name="story" value="${name}"><p class="quiet">${what}</p>${fields}`,
    label,
  );
}

function quantity(value: string, label = 'Quantity'): Html {
  return html`<label>${label} <input type="number" name="quantity" min="1" max="500" value="${value}" required></label>`;
}

function customers(account: ResellerAccount): Html {
  return html`<label>Customer <select name="customerId">${[...account.customers.values()].map(
    (customer) =>
      html`<option value="${customer.id}">${customer.name} (${customer.currency})</option>`,
  )}</select></label>`;
}

function products(account: ResellerAccount): Html {
  return html`<label>Product <select name="productId">${[...account.products.values()].map(
    (product) => html`<option value="${product.id}">${product.name}</option>`,
  )}</select></label>`;
}

function subscriptions(account: ResellerAccount, byUse = false): Html {
  const fitting = [...account.subscriptions.values()]
    .filter(({ status }) => status === 'active')
    .filter(
      ({ items }) =>
        (account.products.get(items[0]?.productId ?? '')?.billingModel ===
          'chargeExternalRating') ===
        byUse,
    );
  return html`<label>Subscription <select name="subscriptionId" required>${fitting.map(
    (each) =>
      html`<option value="${each.id}">${account.customers.get(each.customerId)?.name}: ${each.name} × ${each.items[0]?.quantity} (${each.id})</option>`,
  )}</select></label>`;
}

function faultCard(player: string, { name, what, active, options }: FaultView): Html {
  const fields = html`<input type="hidden" name="player" value="${player}"><input type="hidden" name="name" value="${name}">`;
  return html`<li class="card"><h2><code>${name}</code></h2><p class="quiet">${what}</p>
  ${
    active
      ? html`<p>${chip('on')} <span class="quiet">${JSON.stringify(options)}</span></p>
        ${bare('/sandbox/faults', html`${fields}<input type="hidden" name="options" value="" data-empty="null">`, 'Switch off')}`
      : bare(
          '/sandbox/faults',
          html`${fields}<label>Options, as JSON <input name="options" data-type="json" value='{"times": 1}'></label>`,
          'Switch on',
        )
  }</li>`;
}
