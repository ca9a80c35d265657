import type { Where } from './books.ts';
import type { Exact } from './exact.ts';

/** One line of money of a completed order, as the bookkeeper recomputed it. */
export interface Charge {
  order: string;
  /** Type and description, as a person finds it in the order. */
  name: string;
  detail: string;
  customer: string;
  contact: string | null;
  subscription: string | null;
  product: string;
  /** Names by which a line may call it. */
  words: string[];
  /** The first day it pays for, where the line's text must say the same. */
  start: string | null;
  purchaseOrder: string | null;
  currency: string;
  /** Signed: what the customer owes for it; a credit is below zero. */
  amount: Exact;
}

export function fits(where: Where, charge: Charge): boolean {
  const pairs: [string | undefined, string | null][] = [
    [where.order, charge.order],
    [where.customer, charge.customer],
    [where.subscription, charge.subscription],
    [where.product, charge.product],
    [where.detail, charge.detail],
  ];
  return pairs.every(([wanted, found]) => wanted === undefined || wanted === found);
}
