/** Shown while the station does not answer. A page of its own, so that no visitor ever sees the browser's error page. */
const HTML = `<!doctype html><html lang="zh-Hans" translate="no"><meta charset="utf-8"><title>Paihao</title>
<style>html{height:100%;background:#f4f6f4;color:#10251f;font:28px/1.5 "Noto Sans SC","Noto Sans",sans-serif;user-select:none;cursor:default}
body{margin:0;height:100%;display:grid;place-content:center;text-align:center;gap:.5em}h1{margin:0;font-size:2em}p{margin:0}</style>
<h1><span lang="zh-Hans">正在启动</span><br><span lang="en">Starting</span></h1>
<p><span lang="zh-Hans">请找工作人员帮忙</span><br><span lang="en">Please ask a member of staff</span></p></html>`;

export const WAITING_PAGE = `data:text/html;charset=utf-8,${encodeURIComponent(HTML)}`;
