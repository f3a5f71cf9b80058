"""The stylesheet of the HTML report. It is inlined, so that a saved report is one file."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1f; --faint: #5c5c66; --line: #d5d5dc; --card: #f6f6f8;
  --contradicted: #b3261e; --disputed: #8a4b00; --internal_conflict: #8a4b00; --unverified: #5c5c66; --supported: #146c2e;
  --not_checkable: #5c5c66; }
@media (prefers-color-scheme: dark) { :root { --paper: #16161a; --ink: #e8e8ee; --faint: #a5a5b0; --line: #3a3a44;
  --card: #202027; --contradicted: #ff8a80; --disputed: #ffb868; --internal_conflict: #ffb868; --unverified: #a5a5b0;
  --supported: #7ddc94; --not_checkable: #a5a5b0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
header, footer, .label, dl, .meta { font-family: system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.meta, footer { color: var(--faint); font-size: .85rem; }
.warning { border: 2px solid var(--contradicted); padding: .5rem .75rem; }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
.article { white-space: pre-wrap; border: 1px solid var(--line); padding: 1rem; }
mark { background: none; color: inherit; border-bottom: 2px solid; padding-bottom: 1px; }
mark a { color: inherit; text-decoration: none; }
.verdicts { list-style: none; padding: 0; }
.verdicts > li { background: var(--card); border-left: .3rem solid var(--line); margin: .75rem 0; padding: .6rem .9rem;
  break-inside: avoid; }
.verdicts > li:target { outline: 2px solid; }
.label { font-weight: 600; font-size: .85rem; }
blockquote { margin: .4rem 0 .4rem .75rem; padding-left: .75rem; border-left: 2px solid var(--line); }
p { margin: .3rem 0; }
ins { text-decoration: none; font-weight: 600; } del { opacity: .75; }
.contradicted .label, mark.contradicted { color: var(--contradicted); } .disputed .label, mark.disputed { color: var(--disputed); }
.internal_conflict .label, mark.internal_conflict { color: var(--internal_conflict); }
.supported .label, mark.supported { color: var(--supported); } .unverified .label, mark.unverified { color: var(--unverified); }
.not_checkable .label { color: var(--not_checkable); }
li.contradicted { border-color: var(--contradicted); } li.disputed, li.internal_conflict { border-color: var(--disputed); }
li.supported { border-color: var(--supported); }
@media print { body { max-width: none; padding: 0; } a { color: inherit; } .article { border: 0; padding: 0; } }
"""

STYLE_SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""Hash source for Content-Security-Policy: allows this inline stylesheet and no other."""
