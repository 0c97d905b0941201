import { connect } from 'node:net';
import { newComment } from './asking.js';

/** What became of a connection by which somebody goes on sending until it is closed. */
export interface Talk {
  readonly answered: number;
  /** Requests of the last go that were not answered. */
  readonly open: number;
  /** How many requests each go has. */
  readonly atOnce: number;
  /** Statuses of answers other than 200. */
  readonly others: readonly number[];
  /** Whether the last answer said that the connection is closed. */
  readonly wasTold: boolean;
  /** Of the connection: a reset, for one. */
  readonly error: string | undefined;
}

const ANSWER = /^HTTP\/1\.1 (?<status>\d+) .*?\r\n\r\n/s;

/**
 * Posts comments by a connection that is kept, one go after the other as soon as the last one is answered, until the
 * service says that it closes it, or does.
 * @param atOnce how many are sent at one go, without waiting
 * @param onAnswer told of each answer
 */
export function talk(port: number, atOnce: number, onAnswer: () => void): Promise<Talk> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const others: number[] = [];
    let [sent, answered, wasTold, text] = [0, 0, false, ''];
    let error: string | undefined;
    const send = () => {
      sent += atOnce;
      socket.write(Array.from({ length: atOnce }, () => posted(newComment())).join(''));
    };
    const read = () => {
      for (let head = ANSWER.exec(text); head; head = ANSWER.exec(text)) {
        const whole = head[0].length + Number(/^content-length: (\d+)/im.exec(head[0])?.[1]);
        if (text.length < whole) return;
        text = text.slice(whole);
        answered += 1;
        wasTold = /^connection: close/im.test(head[0]);
        const status = Number(head.groups?.status);
        if (status !== 200) others.push(status);
        onAnswer();
      }
      if (answered === sent && !wasTold) send();
    };
    socket
      .setEncoding('latin1')
      .on('connect', send)
      .on('data', (chunk: string) => {
        text += chunk;
        read();
      })
      .on('error', (failure: NodeJS.ErrnoException) => {
        error = failure.code ?? failure.message;
      })
      .on('close', () => resolve({ answered, open: sent - answered, atOnce, others, wasTold, error }));
  });
}

function posted(comment: string): string {
  const head = `POST /v1/comments HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json`;
  return `${head}\r\ncontent-length: ${Buffer.byteLength(comment)}\r\n\r\n${comment}`;
}
