import type { Texts } from '../texts.ts';
import { element, ICONS, icon } from './element.ts';

interface Deps {
  texts: Texts;
  placeholder: string;
  maxLength: number;
  onAsk(question: string): void;
}

/** The question box: it grows, Enter sends, and Shift+Enter starts a new line. */
export class Composer {
  readonly node: HTMLFormElement;
  readonly box: HTMLTextAreaElement;
  private readonly send: HTMLButtonElement;
  private readonly onAsk: (question: string) => void;

  constructor({ texts, placeholder, maxLength, onAsk }: Deps) {
    this.onAsk = onAsk;
    this.box = element('textarea', {
      part: 'input',
      attributes: { rows: '1', placeholder, 'aria-label': texts.question, maxlength: String(maxLength), dir: 'auto' },
      on: {
        input: () => this.fit(),
        keydown: (event) => {
          // The Enter of an input method chooses a character.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          this.submit();
        },
      },
    });
    this.send = element(
      'button',
      { class: 'send', part: 'send', attributes: { type: 'submit', 'aria-label': texts.send } },
      icon(ICONS.send),
    );
    this.node = element(
      'form',
      {
        class: 'composer',
        part: 'composer',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
        },
      },
      this.box,
      this.send,
    );
  }

  setBusy(isBusy: boolean): void {
    this.send.disabled = isBusy;
  }

  /** Gives a question back that was not accepted, unless the visitor has written another one. */
  giveBack(question: string): void {
    if (this.box.value !== '') return;
    this.box.value = question;
    this.fit();
  }

  private submit(): void {
    const question = this.box.value.trim();
    if (question === '' || this.send.disabled) return;
    this.box.value = '';
    this.fit();
    this.onAsk(question);
  }

  private fit(): void {
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }
}
