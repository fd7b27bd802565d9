/** The style of the page. In a file of its own at its own address, as the content security policy asks. */
export const API_DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #0f1f1a; --soft: #414e49; --ground: #f5f7f6; --surface: #fff; --line: #d6ddda; --jade: #0b6452; }
@media (prefers-color-scheme: dark) {
	:root { --ink: #e8efec; --soft: #a9b8b2; --ground: #0f1614; --surface: #17211e; --line: #2c3a35; --jade: #6fd3b9; }
}
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 13rem minmax(0, 1fr); background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow: auto; padding: 1.5rem; border-right: 1px solid var(--line); }
nav a::first-letter, section h2::first-letter { text-transform: uppercase; }
nav h2 { font-size: 1rem; margin: 0 0 1rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 0.3rem 0; text-decoration: none; }
main { padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 72rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.75rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.25rem; }
h3 { font-size: 0.9375rem; margin: 1.25rem 0 0.25rem; }
p, ul { margin: 0.25rem 0 0.75rem; max-width: 75ch; }
ul { padding-left: 1.25rem; }
a { color: var(--jade); }
code { font: 0.875em/1.4 ui-monospace, SFMono-Regular, Consolas, monospace; overflow-wrap: anywhere; }
section { scroll-margin-top: 1rem; }
details { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; margin: 0.5rem 0; padding: 0 1rem; scroll-margin-top: 1rem; }
details[open] { padding-bottom: 0.75rem; }
summary { cursor: pointer; padding: 0.625rem 0; }
details > div { scroll-margin-top: 4rem; }
details:has(:target) { border-color: var(--jade); }
.summary { color: var(--soft); margin-left: 0.5rem; }
.method { display: inline-block; min-width: 4.25rem; font-weight: 600; font-size: 0.8125rem; color: var(--jade); }
.codes { line-height: 1.9; }
.codes span { white-space: nowrap; margin-right: 0.5rem; }
.codes a { font: 0.875em ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; margin: 0.25rem 0 0.75rem; }
th, td { text-align: left; vertical-align: top; padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); font-size: 0.9375rem; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; }
@media (max-width: 48rem) {
	body { display: block; }
	nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
	nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; }
}
`;
