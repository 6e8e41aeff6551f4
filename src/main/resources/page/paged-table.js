import { byId, element, onClick, showMessage } from "./dom.js";
import { problemText } from "./problem-text.js";
import { openTokenForm } from "./token.js";

/** Maximum number of items on a page. */
export const PAGE_SIZE = 20;

/** A page of a list of the service as a table, with buttons for other pages. */
export class PagedTable {
  #title;
  #caption = element("h2");
  #note = element("p", "hint");
  #table = element("table");
  #body = element("tbody");
  #pager = element("div", "row");
  #previous = element("button", "", "Previous page");
  #next = element("button", "", "Next page");
  #last = element("button", "", "Last page");
  #columns;
  #empty;
  #readPage;
  #cells;
  #lastPage;
  #event;
  #cursors = [];
  #cursor;
  /** The end of the current read. */
  #read = Promise.resolve();

  /**
   * @param id of the element that becomes the table
   * @param read reads a page of an event: resolves to its items, and to the cursor of the next page
   * @param cells the texts and elements of an item, given its number in the list
   * @param lastPage resolves to the cursors of all pages but the first; such a list is opened at its last page
   */
  constructor(id, { title, columns, empty, read, cells, lastPage }) {
    this.#title = title;
    this.#columns = columns;
    this.#empty = empty;
    this.#readPage = read;
    this.#cells = cells;
    this.#lastPage = lastPage;
    this.#build(byId(id));
  }

  #build(host) {
    this.#caption.id = `${host.id}-title`;
    this.#caption.tabIndex = -1;
    this.#caption.textContent = this.#title;
    this.#table.setAttribute("role", "table");
    this.#table.setAttribute("aria-labelledby", this.#caption.id);
    this.#note.setAttribute("role", "status");
    const head = element("thead");
    [head, this.#body].forEach((group) => group.setAttribute("role", "rowgroup"));
    head.append(row("th", this.#columns));
    this.#table.append(head, this.#body);
    [this.#previous, this.#next, this.#last].forEach((button) => {
      button.type = "button";
      this.#pager.append(button);
    });
    onClick(this.#previous, () => this.#open(() => this.#cursors.slice(0, -1)));
    onClick(this.#next, () => this.#open(() => [...this.#cursors, this.#cursor]));
    onClick(this.#last, () => this.#open(() => this.#findLast()));
    host.append(this.#caption, this.#note, this.#table, this.#pager);
  }

  show(event) {
    this.#event = event;
    this.#cursors = [];
    this.#body.replaceChildren();
    this.#table.hidden = true;
    this.#pager.hidden = true;
    showMessage(this.#note, "busy", "Loading…");
    this.#read = Promise.resolve();
    this.#enqueue(() => this.#findLast());
  }

  hide() {
    this.#event = undefined;
  }

  /** Reads the shown page again. */
  refresh() {
    return this.#enqueue(() => this.#cursors);
  }

  async #open(findCursors) {
    await this.#enqueue(findCursors);
    this.#caption.focus();
  }

  #findLast() {
    return this.#lastPage?.(this.#event) ?? [];
  }

  /** Reads and shows a page after the reads before. */
  #enqueue(findCursors) {
    const event = this.#event;
    this.#read = this.#read.then(() => (event === this.#event ? this.#showPage(event, findCursors) : undefined));
    return this.#read;
  }

  async #showPage(event, findCursors) {
    try {
      const cursors = await findCursors();
      const { items, next } = await this.#readPage(event, { limit: PAGE_SIZE, after: cursors.at(-1) });
      if (event === this.#event) {
        this.#cursors = cursors;
        this.#showItems(items, next);
      }
    } catch ({ status, problem }) {
      if (event === this.#event) {
        showMessage(this.#note, "bad", problemText(problem));
      }
      if (status === 401) {
        openTokenForm();
      }
    }
  }

  #showItems(items, next) {
    const first = this.#cursors.length * PAGE_SIZE + 1;
    this.#cursor = next;
    this.#body.replaceChildren(...items.map((item, index) => row("td", this.#cells(item, first + index))));
    this.#table.hidden = items.length === 0;
    this.#pager.hidden = !next && this.#cursors.length === 0;
    this.#previous.disabled = this.#cursors.length === 0;
    this.#next.disabled = !next;
    this.#last.hidden = !next || !this.#lastPage;
    showMessage(this.#note, "good", items.length ? "" : this.#empty);
  }
}

/** On a narrow screen the rows are no table rows for the browser. The roles say so to a screen reader nevertheless. */
function row(tag, cells) {
  const created = element("tr");
  created.setAttribute("role", "row");
  cells.forEach((content) => {
    const cell = element(tag);
    cell.setAttribute("role", tag === "th" ? "columnheader" : "cell");
    cell.append(content);
    created.append(cell);
  });
  return created;
}
