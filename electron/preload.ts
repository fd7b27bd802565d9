import { contextBridge } from "electron";

/** Set by the build. */
declare const PAIHAO_VERSION: string;

/** All that a page learns of the shell: that it is in one, and which. The page's only way to act is the station's door. */
contextBridge.exposeInMainWorld("paihao", Object.freeze({ kind: "shell", version: PAIHAO_VERSION }));
