/*
 * PowerShell for Windows' spooler. The queue, the job and the title come in variables of the environment, so no name
 * is ever read as a command.
 */

export const STATE = `
$ErrorActionPreference = 'Stop'
try { "$((Get-Printer -Name $env:PAIHAO_QUEUE).PrinterStatus)" } catch { 'missing' }
`;

export const WAITING = `
Get-PrintJob -PrinterName $env:PAIHAO_QUEUE | Sort-Object ID | ForEach-Object { $_.ID }
`;

export const CANCEL = `
Remove-PrintJob -PrinterName $env:PAIHAO_QUEUE -ID ([int]$env:PAIHAO_JOB)
`;

/** Reads one ticket from standard input, gives it to the spooler as RAW, and says the job's number. */
export const RAW_SUBMIT = `
$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
public static class RawSpooler {
	[StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
	class DocInfo { public string Name; public string Output; public string Type; }
	[DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
	static extern bool OpenPrinter(string name, out IntPtr printer, IntPtr defaults);
	[DllImport("winspool.drv", SetLastError = true)] static extern bool ClosePrinter(IntPtr printer);
	[DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
	static extern int StartDocPrinter(IntPtr printer, int level, [In] DocInfo info);
	[DllImport("winspool.drv", SetLastError = true)] static extern bool EndDocPrinter(IntPtr printer);
	[DllImport("winspool.drv", SetLastError = true)] static extern bool StartPagePrinter(IntPtr printer);
	[DllImport("winspool.drv", SetLastError = true)] static extern bool EndPagePrinter(IntPtr printer);
	[DllImport("winspool.drv", SetLastError = true)]
	static extern bool WritePrinter(IntPtr printer, byte[] bytes, int count, out int written);
	static void Require(bool done) { if (!done) throw new Win32Exception(Marshal.GetLastWin32Error()); }
	public static int Send(string queue, string title, byte[] bytes) {
		IntPtr printer;
		Require(OpenPrinter(queue, out printer, IntPtr.Zero));
		try {
			int job = StartDocPrinter(printer, 1, new DocInfo { Name = title, Type = "RAW" });
			Require(job > 0);
			Require(StartPagePrinter(printer));
			int written;
			Require(WritePrinter(printer, bytes, bytes.Length, out written));
			if (written != bytes.Length) throw new IOException("the spooler took only a part");
			Require(EndPagePrinter(printer));
			Require(EndDocPrinter(printer));
			return job;
		} finally { ClosePrinter(printer); }
	}
	public static byte[] ReadAll() {
		using (var input = Console.OpenStandardInput())
		using (var all = new MemoryStream()) { input.CopyTo(all); return all.ToArray(); }
	}
}
'@
"job $([RawSpooler]::Send($env:PAIHAO_QUEUE, $env:PAIHAO_TITLE, [RawSpooler]::ReadAll()))"
`;
