/** First in, first out. An array's own `shift` moves all that is behind, which tells on a query of a million samples. */
export class SampleQueue<Item> {
  #items: Item[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  get first(): Item | undefined {
    return this.#items[this.#first];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first++];
    if (this.length === 0) this.clear();
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items.slice(this.#first).values();
  }
}
