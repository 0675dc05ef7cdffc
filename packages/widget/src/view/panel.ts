import type { EmbedCitation, EmbedConfig } from '@lorebox/contract/embed';
import type { Conversation } from '../conversation.ts';
import { safeHref } from '../markdown/inline.ts';
import type { Texts } from '../texts.ts';
import { Composer } from './composer.ts';
import { element, ICONS, icon } from './element.ts';
import { createLeadForm } from './lead-form.ts';
import { MessageList } from './message-list.ts';
import { createPassage } from './passage.ts';

interface Deps {
  config: EmbedConfig;
  placeholder: string;
  texts: Texts;
  conversation: Conversation;
  /** Null in a frame, which can't be closed. */
  onClose: (() => void) | null;
}

/** The chat window. */
export class Panel {
  readonly node: HTMLElement;
  private readonly deps: Deps;
  private readonly list: MessageList;
  private readonly composer: Composer;
  private readonly body = element('div', { class: 'body' });
  private readonly announcer = element('div', { class: 'sr', attributes: { role: 'status', 'aria-live': 'polite' } });
  private readonly intro: HTMLElement[];
  private readonly problem = element('div', { class: 'problem', attributes: { role: 'alert' } });
  private lead: HTMLElement | null = null;
  private hasSkippedLead = false;
  private shownProblem: string | null = null;
  private frame = 0;

  constructor(deps: Deps) {
    this.deps = deps;
    const { config, texts, conversation, placeholder } = deps;
    const ask = (question: string) => void conversation.ask(question);
    this.list = new MessageList({ texts, conversation, onCite: (citation) => this.showPassage(citation) });
    this.composer = new Composer({ texts, placeholder, maxLength: config.maxQuestionLength, onAsk: ask });
    this.intro = this.createIntro(ask);
    this.body.append(this.list.node, this.composer.node, ...this.createHandover());
    this.node = element(
      'div',
      { class: 'panel', part: 'panel', attributes: { role: 'dialog', 'aria-label': config.title || texts.title } },
      this.createHeader(),
      this.body,
      this.announcer,
    );
    this.update();
  }

  focus(): void {
    const field = this.lead?.querySelector('input') ?? this.composer.box;
    field.focus();
  }

  /** Screen readers hear an answer once, when it is complete. */
  announce(text: string): void {
    this.announcer.textContent = text;
  }

  /** Renders what has changed with the next frame. */
  schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.update();
    });
  }

  private update(): void {
    const { conversation, config } = this.deps;
    const needsLead = config.leadForm !== 'off' && !conversation.hasLead && !this.hasSkippedLead;
    this.setLead(needsLead && (conversation.messages.length === 0 || conversation.problem === 'lead'));
    this.composer.setBusy(conversation.isAnswering);
    if (conversation.unsent !== null) {
      this.composer.giveBack(conversation.unsent);
      conversation.unsent = null;
    }
    this.updateProblem();
    const intro = conversation.messages.length === 0 ? this.intro : this.intro.slice(0, 1);
    this.list.update(intro, this.shownProblem === null ? [] : [this.problem]);
  }

  private updateProblem(): void {
    const { conversation, texts } = this.deps;
    const problem = conversation.problem === 'lead' ? null : conversation.problem;
    if (problem === this.shownProblem) return;
    this.shownProblem = problem;
    if (problem === null) return;
    const text =
      problem === 'session' || problem === 'limit' ? texts.failed : texts[problem === 'failed' ? 'failed' : problem];
    const restart = element(
      'button',
      { class: 'button', attributes: { type: 'button' }, on: { click: () => conversation.restart() } },
      texts.restart,
    );
    this.problem.replaceChildren(element('p', {}, text), ...(problem === 'messagesPerSession' ? [restart] : []));
  }

  private setLead(isShown: boolean): void {
    if (isShown === (this.lead !== null)) return;
    const hadFocus = this.lead?.contains((this.node.getRootNode() as ShadowRoot).activeElement) ?? false;
    this.lead?.remove();
    this.lead = null;
    this.list.node.hidden = isShown;
    this.composer.node.hidden = isShown;
    if (!isShown) {
      if (hadFocus) this.composer.box.focus();
      return;
    }
    const { texts, conversation, config } = this.deps;
    this.lead = createLeadForm({
      texts,
      isRequired: config.leadForm === 'required',
      onSubmit: (lead) => conversation.leaveLead(lead),
      onSkip: () => {
        this.hasSkippedLead = true;
        this.update();
      },
    });
    this.body.prepend(this.lead);
  }

  private createHeader(): HTMLElement {
    const { config, texts, conversation, onClose } = this.deps;
    const button = (label: string, path: string, onClick: () => void) =>
      element(
        'button',
        { class: 'icon', attributes: { type: 'button', 'aria-label': label, title: label }, on: { click: onClick } },
        icon(path),
      );
    return element(
      'div',
      { class: 'header', part: 'header' },
      element('h2', { attributes: { dir: 'auto' } }, config.title || texts.title),
      button(texts.restart, ICONS.restart, () => conversation.restart()),
      onClose && button(texts.close, ICONS.close, onClose),
    );
  }

  private createIntro(ask: (question: string) => void): HTMLElement[] {
    const { config, texts } = this.deps;
    const nodes: HTMLElement[] = [];
    if (config.greeting !== '') {
      const text = element('div', { class: 'text', attributes: { dir: 'auto' } }, element('p', {}, config.greeting));
      nodes.push(element('div', { class: 'message assistant', part: 'message greeting' }, text));
    } else nodes.push(element('div', { attributes: { hidden: true } }));
    if (config.suggestions.length === 0) return nodes;
    const items = config.suggestions.map((question) =>
      element(
        'li',
        {},
        element(
          'button',
          {
            class: 'button',
            part: 'suggestion',
            attributes: { type: 'button', dir: 'auto' },
            on: { click: () => ask(question) },
          },
          question,
        ),
      ),
    );
    nodes.push(element('ul', { class: 'suggestions', attributes: { 'aria-label': texts.suggestions } }, ...items));
    return nodes;
  }

  private createHandover(): HTMLElement[] {
    const { config, texts } = this.deps;
    const url = config.handoverUrl ?? '';
    const href = /^tel:[+\d() -]{3,30}$/i.test(url) ? url : safeHref(url);
    if (href === null) return [];
    const attributes = { href, target: '_blank', rel: 'noopener noreferrer' };
    return [element('div', { class: 'handover' }, element('a', { part: 'handover', attributes }, texts.handover))];
  }

  private showPassage(citation: EmbedCitation): void {
    const root = this.node.getRootNode() as ShadowRoot;
    const opener = root.activeElement as HTMLElement | null;
    const passage = createPassage(this.deps.texts, citation, close);
    const covered = [this.list.node, this.composer.node];
    for (const node of covered) node.inert = true;
    function close() {
      passage.remove();
      for (const node of covered) node.inert = false;
      opener?.focus();
    }
    passage.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    });
    this.body.append(passage);
    passage.querySelector('button')?.focus();
  }
}
