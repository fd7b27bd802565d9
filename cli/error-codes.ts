/** What a code of the command line means, and what to do. The error's own sentence has the names and numbers. */
export interface ErrorMeaning {
	means: string;
	remedy: string;
}

/** Every code that a command may print in brackets, besides the refusals of the server. Held against the source by a test. */
export const ERROR_CODES = {
	ADDRESS_REFUSED: {
		means: "An address to listen on is not one of this machine's.",
		remedy: "Use an address of this machine, or 0.0.0.0.",
	},
	ADMINISTRATOR_UNKNOWN: {
		means: "The server has no account of this name.",
		remedy: "Run `paihao server admin list`.",
	},
	APPOINTMENTS_INVALID: {
		means: "A list of appointments has a line that cannot be read for sure. Nothing was imported.",
		remedy: "Correct the line that the sentence names.",
	},
	APPOINTMENTS_UNREADABLE: {
		means: "The file of appointments cannot be opened.",
		remedy: "Check its name and its rights.",
	},
	BACKUP_BROKEN: { means: "A backup is cut off or altered. Nothing was restored.", remedy: "Use another backup." },
	BACKUP_EXISTS: { means: "The backup's file exists already.", remedy: "Name another file with `--out`." },
	BACKUP_NOT_WRITABLE: {
		means: "The backup cannot be written.",
		remedy: "Check the folder's rights and the space on its disk.",
	},
	BACKUP_UNREADABLE: {
		means: "A file is not a backup that this version reads.",
		remedy: "Check the file, or install the version that made it.",
	},
	BEHAVIOURS_INVALID: {
		means: "A list of behaviours for the virtual printer is wrong.",
		remedy: "Use the names that `paihao printer --help` lists.",
	},
	BUG: {
		means: "An error that no part of the program expected.",
		remedy: "Report it with the error's id. `errors.log` in the data folder has the details.",
	},
	CATALOGUE_EMPTY: { means: "A catalogue has no topic or no site.", remedy: "Check the folder." },
	CATALOGUE_INVALID: {
		means: "A catalogue has entries that stations would reject. Nothing was published.",
		remedy: "Correct the entries that `paihao catalogue check` prints.",
	},
	CATALOGUE_UNREADABLE: { means: "A catalogue cannot be read.", remedy: "Check its path, and that each file is JSON." },
	CATALOGUE_WITHOUT_SITE: {
		means: "A catalogue lacks the site of an enrolled station. Nothing was published.",
		remedy: "Add the site, or publish with `--allow-missing-sites`.",
	},
	CA_UNREADABLE: { means: "The file of `--ca` has no certificates in PEM form.", remedy: "Check the file." },
	CODE_UNREADABLE: { means: "An enrolment code does not have ten letters and digits.", remedy: "Type it again." },
	CONFIGURATION_REFUSED: {
		means: "A variable or the settings file is wrong.",
		remedy: "Correct what the sentence names; see [settings](settings.md).",
	},
	CONFIGURATION_UNREADABLE: {
		means: "A configuration for all stations cannot be published.",
		remedy: "Correct what the sentence names.",
	},
	DATABASE_BUSY: {
		means: "The server's database is in use by another export or import.",
		remedy: "Wait, then try again.",
	},
	DATABASE_NOT_STARTED: {
		means: "The server's own PostgreSQL did not start.",
		remedy: "Follow the sentence: it has PostgreSQL's reason.",
	},
	DATABASE_UNREACHABLE: {
		means: "The database of `--database` cannot be used.",
		remedy: "Check the address, the password and that PostgreSQL runs.",
	},
	DATA_DAMAGED: {
		means: "A station's database is damaged. It was left as it is.",
		remedy: "Keep the folder, and restore a backup into another one.",
	},
	DATA_INCOMPLETE: {
		means: "A data folder has only a part of a station.",
		remedy: "Restore a backup, or start the station once in an empty folder.",
	},
	DATA_FOREIGN: {
		means: "The data folder, or its database, is another program's. It was left as it is.",
		remedy: "Name another folder. Station and server each have their own.",
	},
	DATA_IN_USE: { means: "Another program uses the data folder.", remedy: "End that program, or name another folder." },
	DATA_NOT_EMPTY: {
		means: "The folder has tickets or accounts. Simulated days go into an empty one.",
		remedy: "Name an empty folder with `--data`.",
	},
	DATA_MISSING: {
		means: "The folder has no station.",
		remedy: "Name the folder that `--data` named when the station ran.",
	},
	DATA_NEWER: { means: "A newer version of Paihao wrote the data.", remedy: "Install that version or a later one." },
	DATA_NOT_DURABLE: {
		means: "The disk cannot keep data safe through a power cut.",
		remedy: "Put the data folder on a local disk.",
	},
	DATA_NOT_WRITABLE: {
		means: "The data folder cannot be made or written.",
		remedy: "Name a folder that this user may write, or correct its rights.",
	},
	DATA_OLDER: {
		means: "An older version of Paihao wrote the data.",
		remedy: "Start the station once: that brings the data up to date.",
	},
	DEVICE_UNKNOWN: { means: "There is no paired device of this id.", remedy: "Run `paihao pair --list`." },
	DISK_FAILED: { means: "The disk reports an error.", remedy: "Check the disk and the space on it." },
	DISK_FULL: { means: "The disk is full.", remedy: "Free some space." },
	EVENTS_UNREADABLE: { means: "A file of events cannot be read.", remedy: "Make it again with `paihao events`." },
	EXPORT_EXISTS: { means: "The export's file exists already.", remedy: "Name another file with `--out`." },
	EXPORT_NOT_WRITABLE: {
		means: "The export cannot be written.",
		remedy: "Check the folder's rights and the space on its disk.",
	},
	FAULTS_INVALID: {
		means: "A list of faults for the virtual printer is wrong.",
		remedy: "Use KIND:EVERY:MILLISECONDS; see `paihao printer --help`.",
	},
	FOLDER_NOT_EMPTY: { means: "A folder to restore into has files.", remedy: "Name an empty folder." },
	IMPORT_BROKEN: { means: "An export is cut off or altered.", remedy: "Use another export." },
	IMPORT_NOT_EMPTY: { means: "The server to import into is not empty.", remedy: "Import into a new data folder." },
	IMPORT_UNREADABLE: {
		means: "A file is not an export that this version reads.",
		remedy: "Check the file, or install the version that made it.",
	},
	KEY_EXISTS: {
		means: "The folder has backup keys already. They are never overwritten.",
		remedy: "Name another folder.",
	},
	KEY_MISSING: {
		means: "A backup needs a public key.",
		remedy: "Name it with `--key`; `paihao backup key` makes a pair.",
	},
	KEY_OTHER: { means: "The backup was made for another key.", remedy: "Name the private key of that pair." },
	KEY_UNREADABLE: {
		means: "A file has no key of the expected kind.",
		remedy: "Check that it is the file that `paihao backup key` made.",
	},
	KIOSK_ADDRESS: {
		means: "An address is not one of a station.",
		remedy: "Use the address that the station prints, or https://ADDRESS:PORT.",
	},
	NAME_REFUSED: {
		means: "A name is empty, too long or has characters that cannot be seen.",
		remedy: "Choose another name.",
	},
	NO_BROWSER: {
		means: "No browser of Chromium's kind was found for the kiosk's window.",
		remedy: "Install Chromium, or name its program in CHROME_PATH.",
	},
	NO_DISPLAY: {
		means: "There is no display for the kiosk's window.",
		remedy: "Run the command in the session that owns the screen.",
	},
	NO_SANDBOX: {
		means: "The shell was started without its sandbox.",
		remedy: "Install the .deb instead of the AppImage, or allow user namespaces.",
	},
	NOT_ENROLLED: { means: "The station is not enrolled at a server.", remedy: "Run `paihao enrol`." },
	NO_SERVER: { means: "The folder has no server.", remedy: "Name the folder that `--data` named when the server ran." },
	PATH_WRONG: { means: "A file or folder is not there.", remedy: "Check the path." },
	PERMISSION_DENIED: {
		means: "This user has no right to a file or folder.",
		remedy: "Correct its rights, or use another user.",
	},
	PIN_REFUSED: { means: "A PIN does not have the right form.", remedy: "Choose another." },
	PORT_IN_USE: {
		means: "Another program listens on the port, or the address is not this machine's.",
		remedy: "Name another port or address; 0 takes a free port.",
	},
	PRINTER_FOLDER: { means: "The virtual printer cannot write its folder.", remedy: "Choose another folder." },
	PRINTER_NOT_HERE: {
		means: "The printer's kind does not exist on this system.",
		remedy: "Use another kind of address; see `paihao station --help`.",
	},
	PRINTER_PROFILE: {
		means: "The printer's address names a profile that does not exist.",
		remedy: "Use the nearest one, which the sentence names, or `?width=` and `?dialect=`.",
	},
	PRINTER_URL: {
		means: "A printer's address cannot be read.",
		remedy: "Use one of the forms in `paihao station --help`.",
	},
	PROXY_REFUSED: {
		means: "HTTPS_PROXY or HTTP_PROXY has no usable address.",
		remedy: "Set an http:// address, or remove the variable.",
	},
	PROXY_UNREADABLE: {
		means: "An address of `--trust-proxy` cannot be read.",
		remedy: "Use an address or a range such as 10.1.2.0/24.",
	},
	READ_ONLY: { means: "A disk is read-only.", remedy: "Name a folder on another disk." },
	SECRETS_DAMAGED: { means: "secrets.json cannot be understood.", remedy: "Restore it from a backup." },
	SECRETS_MISSING: { means: "A station's secrets.json is gone.", remedy: "Restore it from a backup." },
	SECRETS_UNREADABLE: {
		means: "This user may not read secrets.json.",
		remedy: "Correct its owner, or run as the station's user.",
	},
	SERVER_ADDRESS: {
		means: "A server's address is not https://.",
		remedy: "Use https://; http:// is for this machine only.",
	},
	SERVER_ANSWER: { means: "Something else than a Paihao server answers.", remedy: "Check the address." },
	SERVER_CERTIFICATE: {
		means: "The server's certificate is self-signed, expired, of an unknown authority or for another name.",
		remedy: "Renew it, or trust it with `--ca FILE`.",
	},
	SERVER_UNREACHABLE: {
		means: "The server does not answer.",
		remedy: "Check what the sentence names: name, port, network, firewall.",
	},
	SHEET_NOT_PRINTED: {
		means: "The printer did not print the set-up sheet, or not all of it.",
		remedy: "Do what the sentence says. End the station first: most printers serve one program at a time.",
	},
	SIGNER_MISSING: {
		means: "There are no signing keys where they are looked for.",
		remedy: "Name the file with `--key`.",
	},
	SIGNER_PINNED: { means: "The signing keys are not lost. Nothing was changed.", remedy: "Nothing to do." },
	SIGNING_KEYS_DAMAGED: {
		means: "signing-keys.json cannot be understood.",
		remedy: "Restore it from a backup, or replace the keys (`paihao catalogue replace-keys`).",
	},
	SIGNING_KEYS_UNREADABLE: {
		means: "This user may not read signing-keys.json.",
		remedy: "Correct its owner, or run as the server's user.",
	},
	SITE_CHANGED: {
		means: "The data folder belongs to another site.",
		remedy: "Start with that site, or name another folder.",
	},
	SITE_UNKNOWN: { means: "The catalogue has no such site.", remedy: "Use one of the sites that the sentence names." },
	SPEECH_COMMAND: {
		means: "A command of `--with` does not say where the sound goes.",
		remedy: "Write `{file}` in its place.",
	},
	SPEECH_INCOMPLETE: {
		means: "Not all clips were made.",
		remedy: "Correct what the lines above name, then run the command again.",
	},
	SPEECH_PROGRAM_FAILED: {
		means: "A speech program failed or lacks a voice.",
		remedy: "Install the voice, or record the clips.",
	},
	SPEECH_PROGRAM_MISSING: {
		means: "A speech program is not installed.",
		remedy: "Install it, or name another program with `--program` or `--with`.",
	},
	STAFF_UNKNOWN: { means: "There is no member of staff of this name.", remedy: "Run `paihao staff list`." },
	STATION_NEW: { means: "No station has run in the folder yet.", remedy: "Start the station there once." },
	STATION_NOT_IN_EXPORT: {
		means: "An export has none of a station's events.",
		remedy: "Use an export of the server where the station is enrolled.",
	},
	STATION_UNKNOWN: { means: "The server knows no such station.", remedy: "Look at the page /fleet." },
	TLS_FILES_REFUSED: {
		means: "Certificate and key do not fit, or cannot be read.",
		remedy: "Check both files; they are PEM.",
	},
	WEB_PUSH_KEY_REFUSED: {
		means: "The key for notifications on phones cannot be read, or is not of the curve P-256.",
		remedy: "Make one with openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256.",
	},
	TOO_MANY_FILES: { means: "The system allows no more open files.", remedy: "Raise the limit (`ulimit -n`)." },
	USAGE: { means: "The command line is wrong.", remedy: "Follow the sentence, or add `--help`." },
} as const satisfies Record<string, ErrorMeaning>;
