/** Work that a thread does not take on, or cannot finish. */
export class ThreadRefusal extends Error {
  override name = 'ThreadRefusal';
  /**
   * @param reason `busy`: too much is waiting already; `too-costly`: it took too much time or memory
   * @param message a sentence for whoever asked, where there is one
   */
  constructor(
    readonly reason: 'busy' | 'too-costly',
    message: string = reason,
  ) {
    super(message);
  }
}
