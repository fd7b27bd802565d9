import { contextBridge } from "electron";

/** Set by the build. */
declare const PAIHAO_VERSION: string;

/** All that a page learns about the shell is its kind and version. A page can only act through the station's API. */
contextBridge.exposeInMainWorld("paihao", Object.freeze({ kind: "shell", version: PAIHAO_VERSION }));
