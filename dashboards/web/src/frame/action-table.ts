/** What a person can do, by the `data-act` of what was clicked, changed or submitted. */
export type ActionTable = Readonly<Record<string, (target: HTMLElement | SVGElement) => void>>;
