namespace Quantizer.Graphs.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or a link to nothing, or something that cannot be looked at.</summary>
    Missing,

    /// <summary>An ordinary file, which ends.</summary>
    File,

    Folder,

    /// <summary>A named pipe (FIFO): opening it waits for a writer.</summary>
    NamedPipe,

    /// <summary>A device, such as /dev/zero, which may never end.</summary>
    Device,

    Socket,
}
