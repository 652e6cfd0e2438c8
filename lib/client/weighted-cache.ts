/** A cache of answers with a maximum total weight. The least recently used answer is removed first. */
export class WeightedCache<Answer> {
  readonly #kept = new Map<string, { answer: Answer; weight: number }>();
  #weight = 0;
  constructor(readonly maxWeight: number) {}

  get(key: string): Answer | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.answer;
  }

  set(key: string, answer: Answer, weight: number): void {
    this.#remove(key);
    this.#kept.set(key, { answer, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.maxWeight) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
