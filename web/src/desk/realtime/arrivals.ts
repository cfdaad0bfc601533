/** Which tickets have just come: rows to highlight, and how many a list does not show yet. */
import type { TicketFilters } from "../tickets/filters";

const HIGHLIGHT_MS = 6_000;

export interface Arrivals {
  readonly highlighted: ReadonlySet<string>;
  /** By list (its filters as text): the tickets that it does not show. */
  readonly unseen: ReadonlyMap<string, ReadonlySet<string>>;
}

export const listName = (filters: TicketFilters) => JSON.stringify(filters);

export class ArrivalLog {
  private readonly listeners = new Set<() => void>();
  private current: Arrivals = { highlighted: new Set(), unseen: new Map() };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): Arrivals => this.current;

  highlight(number: string): void {
    this.set({ ...this.current, highlighted: new Set([...this.current.highlighted, number]) });
    setTimeout(() => {
      const highlighted = new Set(this.current.highlighted);
      highlighted.delete(number);
      this.set({ ...this.current, highlighted });
    }, HIGHLIGHT_MS);
  }

  count(filters: TicketFilters, number: string): void {
    const unseen = new Map(this.current.unseen);
    const name = listName(filters);
    unseen.set(name, new Set([...(unseen.get(name) ?? []), number]));
    this.set({ ...this.current, unseen });
  }

  /** The reader has fetched or left that list. */
  forget(filters: TicketFilters): void {
    if (!this.current.unseen.has(listName(filters))) return;
    const unseen = new Map(this.current.unseen);
    unseen.delete(listName(filters));
    this.set({ ...this.current, unseen });
  }

  private set(next: Arrivals): void {
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}
