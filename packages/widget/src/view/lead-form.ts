import type { Texts } from '../texts.ts';
import { element } from './element.ts';

interface Deps {
  texts: Texts;
  isRequired: boolean;
  onSubmit(lead: { name: string; email: string }): Promise<void>;
  onSkip(): void;
}

/** Asks visitors how they can be reached. */
export function createLeadForm({ texts, isRequired, onSubmit, onSkip }: Deps): HTMLFormElement {
  const name = element('input', { attributes: { type: 'text', autocomplete: 'name', maxlength: '200' } });
  const email = element('input', {
    attributes: { type: 'email', autocomplete: 'email', maxlength: '320', required: true, dir: 'ltr' },
  });
  const problem = element('p', { class: 'problem', attributes: { role: 'alert', hidden: true } });
  const submit = element('button', { class: 'button primary', attributes: { type: 'submit' } }, texts.leadSend);
  const skip = element(
    'button',
    { class: 'button', attributes: { type: 'button', hidden: isRequired }, on: { click: onSkip } },
    texts.leadSkip,
  );
  async function send(event: Event): Promise<void> {
    event.preventDefault();
    submit.disabled = true;
    problem.hidden = true;
    try {
      if (!email.value.includes('@')) throw new Error('invalid');
      await onSubmit({ name: name.value.trim(), email: email.value.trim() });
    } catch {
      problem.textContent = texts.leadInvalid;
      problem.hidden = false;
      email.focus();
    } finally {
      submit.disabled = false;
    }
  }
  return element(
    'form',
    { class: 'lead', part: 'lead-form', attributes: { novalidate: true }, on: { submit: (event) => void send(event) } },
    element('h3', {}, texts.leadTitle),
    element('label', {}, texts.leadName, name),
    element('label', {}, texts.leadEmail, email),
    problem,
    element('div', { class: 'row' }, submit, skip),
  );
}
