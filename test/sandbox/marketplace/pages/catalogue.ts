import { html } from 'hono/html';
import { decimal, decimalText, rounded, sum } from '../../decimal.ts';
import { subscriptionListWire, subscriptionWire } from '../api/wire.ts';
import type { Order, ResellerAccount } from '../model.ts';
import { chip, type Html, money } from './layout.ts';

const ROWS_MAX = 200;

export function homePage(account: ResellerAccount, today: string): Html {
  const month = today.slice(0, 7);
  const recent = account.orders.filter(
    ({ order }) => order.status === 'completed' && order.creationDate.startsWith(month),
  );
  const active = [...account.subscriptions.values()].filter(({ status }) => status === 'active');
  return html`<h1>${account.name}</h1>
<ul class="cards">
  <li class="card"><h2>Customers</h2><p class="figure">${account.customers.size}</p></li>
  <li class="card"><h2>Active subscriptions</h2><p class="figure">${active.length}</p></li>
  <li class="card"><h2>Orders this month</h2><p class="figure">${recent.length}</p></li>
  ${account.currencies.map(
    (currency) => html`<li class="card"><h2>Ordered this month, ${currency}</h2>
      <p class="figure">${money({
        currency,
        amount: totalOf(
          recent.map(({ order }) => order),
          currency,
        ),
      })}</p></li>`,
  )}
</ul>
<p>Your invoices can follow your orders by themselves: connect your accounting under <a href="/integrations">Integrations</a>.</p>
<h2>Latest orders</h2>
${ordersTable(account, latest(account).slice(0, 8))}`;
}

export function customersPage(account: ResellerAccount): Html {
  const counts = new Map<string, number>();
  for (const { customerId, status } of account.subscriptions.values())
    if (status === 'active') counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  return html`<h1>Customers</h1>
<div class="wide" tabindex="0" role="region" aria-label="Customers"><table>
<thead><tr><th>Name</th><th>Customer id</th><th>City</th><th>Status</th><th class="number">Subscriptions</th></tr></thead>
<tbody>${[...account.customers.values()].slice(0, ROWS_MAX).map(
    (
      customer,
    ) => html`<tr><td><a href="/orders?customerId=${customer.id}">${customer.name}</a></td><td>${customer.id}</td>
      <td>${customer.address.city}, ${customer.address.state}</td><td>${chip(customer.status)}</td>
      <td class="number">${counts.get(customer.id) ?? 0}</td></tr>`,
  )}</tbody></table></div>`;
}

export function subscriptionsPage(account: ResellerAccount): Html {
  const all = [...account.subscriptions.values()].reverse();
  return html`<h1>Subscriptions</h1>
<p class="quiet">${all.length} subscriptions, newest first${all.length > ROWS_MAX ? `; the first ${ROWS_MAX} are shown` : ''}.</p>
<div class="wide" tabindex="0" role="region" aria-label="Subscriptions"><table>
<thead><tr><th>Subscription</th><th>Customer</th><th>Status</th><th class="number">Quantity</th><th class="number">Each period</th><th>Renews</th></tr></thead>
<tbody>${all.slice(0, ROWS_MAX).map((subscription) => {
    const listed = subscriptionListWire(account, subscription);
    const { products, totalPrice } = subscriptionWire(account, subscription);
    return html`<tr><td>${listed.name}<br><span class="quiet">${listed.id}</span></td>
      <td>${account.customers.get(listed.customerId)?.name}</td><td>${chip(listed.status)}</td>
      <td class="number">${products[0]?.quantity}</td><td class="number">${money(totalPrice)}</td>
      <td class="date">${listed.renewalStatus ? listed.renewalDate : 'no'}</td></tr>`;
  })}</tbody></table></div>`;
}

export function ordersPage(account: ResellerAccount, customerId: string | undefined): Html {
  const all = latest(account).filter((order) => !customerId || order.customerId === customerId);
  const name = customerId && account.customers.get(customerId)?.name;
  return html`<h1>Orders${name ? ` of ${name}` : ''}</h1>
<p class="quiet">${all.length} orders, newest first${all.length > ROWS_MAX ? `; the first ${ROWS_MAX} are shown` : ''}.</p>
${ordersTable(account, all.slice(0, ROWS_MAX))}`;
}

export function orderPage(account: ResellerAccount, order: Order): Html {
  return html`<h1>Order ${order.orderNumber}</h1>
<div class="card"><dl>
  <dt>Customer</dt><dd>${account.customers.get(order.customerId)?.name}</dd>
  <dt>Type</dt><dd>${order.type}</dd>
  <dt>Status</dt><dd>${chip(order.status)}</dd>
  <dt>Placed</dt><dd>${order.creationDate.replace('T', ' ').replace('Z', ' UTC')}</dd>
  ${order.subscriptionId ? html`<dt>Subscription</dt><dd>${order.subscriptionId}</dd>` : ''}
  ${order.poNumber ? html`<dt>Purchase order</dt><dd>${order.poNumber}</dd>` : ''}
  <dt>Total</dt><dd><strong>${money(order.total)}</strong></dd>
</dl></div>
<h2 style="margin-block-start:1.5rem">Charges</h2>
<div class="wide" tabindex="0" role="region" aria-label="Charges"><table>
<thead><tr><th>What</th><th>Kind</th><th class="number">Quantity</th><th class="number">Each</th><th class="number">Part of the period</th><th class="number">Amount</th><th class="number">Tax</th></tr></thead>
<tbody>${order.details.map(
    (
      detail,
    ) => html`<tr><td>${detail.description}</td><td>${detail.type}</td><td class="number">${detail.quantity}</td>
      <td class="number">${detail.unitPrice ? money(detail.unitPrice) : ''}</td><td class="number">${detail.duration?.duration ?? ''}</td>
      <td class="number">${money(detail.extendedPrice)}</td><td class="number">${detail.taxAmount ? money(detail.taxAmount) : ''}</td></tr>`,
  )}</tbody></table></div>`;
}

function ordersTable(account: ResellerAccount, orders: readonly Order[]): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="Orders"><table>
<thead><tr><th>Order</th><th>Placed</th><th>Customer</th><th>Type</th><th>Status</th><th class="number">Total</th></tr></thead>
<tbody>${orders.map(
    (
      order,
    ) => html`<tr><td><a href="/orders/${order.id}">${order.orderNumber}</a></td><td class="date">${order.creationDate.slice(0, 10)}</td>
      <td>${account.customers.get(order.customerId)?.name}</td><td>${order.type === 'unknown' ? 'billing' : order.type}</td>
      <td>${chip(order.status)}</td><td class="number">${money(order.total)}</td></tr>`,
  )}</tbody></table></div>`;
}

function latest(account: ResellerAccount): Order[] {
  return account.orders.map(({ order }) => order).reverse();
}

function totalOf(orders: readonly Order[], currency: string): string {
  const totals = orders
    .filter(({ total }) => total.currency === currency)
    .map(({ total }) => decimal(total.amount));
  return decimalText(rounded(sum(totals), 2));
}
