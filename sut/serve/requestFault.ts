/** What is wrong with a request; its message is for who has sent it. */
export class RequestFault extends Error {
  /** Of HTTP. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
