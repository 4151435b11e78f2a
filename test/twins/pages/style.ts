/** One style sheet for the twins' own pages; the Cin7 console may link it too (`/panel.css`). */
export const STYLE = `
:root { --ink: #1f2733; --dim: #5d6878; --line: #dfe3ea; --paper: #f5f6f9; --blue: #2d5bd7; --navy: #15203a; --good: #17734a; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 "Source Sans 3", "Segoe UI", system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--blue); text-decoration: none; } a:hover { text-decoration: underline; }
header { background: var(--navy); color: #fff; padding: 12px 28px; display: flex; gap: 28px; align-items: center; }
header b { font-size: 16px; } header small { opacity: .7; } header a { color: #cfdbff; }
header .end { margin-left: auto; }
.frame { display: grid; grid-template-columns: 210px minmax(0, 1fr); min-height: calc(100vh - 49px); }
nav { background: #fff; border-right: 1px solid var(--line); padding: 18px 12px; }
nav a { display: block; padding: 8px 12px; border-radius: 6px; color: var(--ink); }
nav a:hover { background: var(--paper); text-decoration: none; } nav a[aria-current] { background: #e8eefc; color: var(--blue); font-weight: 600; }
main { padding: 24px 28px; max-width: 1120px; } main.bare { margin: 0 auto; }
main.app { padding: 0; max-width: none; } main.app iframe { display: block; width: 100%; height: calc(100vh - 49px); border: 0; background: #fff; }
h1 { font-size: 24px; margin: 0 0 16px; } h2 { font-size: 17px; margin: 0 0 10px; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 0 0 18px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 18px; }
.dim { color: var(--dim); } .right { text-align: right; } .row { display: flex; gap: 12px; align-items: end; flex-wrap: wrap; }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
th, td { text-align: left; padding: 9px 14px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: 13px; color: var(--dim); font-weight: 600; background: #fafbfd; } tr:last-child td { border-bottom: 0; }
td.right, th.right { text-align: right; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; background: #e9edf5; font-size: 13px; white-space: nowrap; }
.badge.good { background: #dff3e8; color: var(--good); }
label { display: grid; gap: 4px; font-size: 13px; color: var(--dim); }
select, input { font: inherit; height: 38px; color: var(--ink); padding: 7px 10px; border: 1px solid #c4cbd8; border-radius: 6px; background: #fff; min-width: 0; }
input[type=number] { width: 90px; }
button, .button { font: inherit; font-weight: 600; padding: 8px 16px; border: 1px solid var(--blue); border-radius: 6px; background: var(--blue); color: #fff; cursor: pointer; }
button.plain { background: #fff; color: var(--blue); } button:focus-visible, a:focus-visible, select:focus-visible, input:focus-visible { outline: 3px solid #9db7f5; outline-offset: 1px; }
.split { display: grid; grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr); gap: 18px; align-items: start; }
dl { display: grid; grid-template-columns: 1fr auto; gap: 4px 16px; margin: 0; } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 800px) { table { display: block; overflow-x: auto; } header { flex-wrap: wrap; gap: 6px 20px; } .frame, .split { grid-template-columns: minmax(0, 1fr); } nav { border-right: 0; border-bottom: 1px solid var(--line); } }
`;
