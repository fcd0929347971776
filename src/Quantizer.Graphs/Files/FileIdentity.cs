namespace Quantizer.Graphs.Files;

/// <summary>What the system knows a file or folder by, whatever it is called: two paths with the same identity lead to the same
/// place.</summary>
/// <param name="Volume">The device that it lies on.</param>
/// <param name="Number">Its inode, or its file index on Windows.</param>
internal readonly record struct FileIdentity(ulong Volume, ulong Number);
