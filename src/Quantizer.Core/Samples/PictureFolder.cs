using System.Globalization;
using Quantizer.Graphs.Files;

namespace Quantizer.Samples;

/// <summary>
/// The pictures of a folder and their classes, listed but not opened. Classes come from a labels file where one is given;
/// else, where there is more than one sub-folder, from those: their position in ordinal order, or, where all of their names
/// are whole numbers and one is zero, the numbers themselves, unless the model has not so many classes. Pictures beside class folders
/// have no class.
/// </summary>
internal sealed class PictureFolder
{
    private const int NoNumber = -1;

    private PictureFolder(
        string path,
        IReadOnlyList<PictureFile> files,
        IReadOnlyList<SkippedSample> unsupported,
        IReadOnlyDictionary<int, string> classFolders
    )
    {
        Path = path;
        Files = files;
        Unsupported = unsupported;
        ClassFolders = classFolders;
    }

    public string Path { get; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<PictureFile> Files { get; }

    /// <summary>Pictures of kinds that are not read, such as TIFF, and what is called a picture and is no file but a pipe or
    /// device.</summary>
    public IReadOnlyList<SkippedSample> Unsupported { get; }

    /// <summary>The sub-folders by the classes that they stand for; none where a labels file tells the classes.</summary>
    public IReadOnlyDictionary<int, string> ClassFolders { get; }

    public int Labelled => Files.Count(file => file.Label is not null);

    /// <param name="path">The folder.</param>
    /// <param name="labelsPath">Null: sub-folders are the classes.</param>
    /// <param name="classes">Of the model; 0: not known.</param>
    /// <exception cref="QuantizationException">The folder does not exist or holds no picture, or the labels do not fit it.</exception>
    public static PictureFolder Open(string path, string? labelsPath = null, int classes = 0)
    {
        if (!Directory.Exists(path))
            throw new QuantizationException($"The folder '{path}' does not exist. Give a folder of pictures.");
        FolderListing listing = FolderWalk.List(path);
        SkippedSample[] unsupported = [.. listing.Files.Select(name => Unsuited(path, name)).OfType<SkippedSample>()];
        string[] pictures = [.. listing.Files.Where(PictureKinds.IsReadable).Except(unsupported.Select(skipped => skipped.Name))];
        if (pictures.Length == 0)
            throw Empty(path, listing.Files.Count, unsupported);
        Dictionary<string, int> folders = labelsPath is null ? FolderClasses(listing.Subfolders, classes) : [];
        Func<string, int?> labelOf = labelsPath is null
            ? name => name.IndexOf('/') is int end and > 0 && folders.TryGetValue(name[..end], out int label) ? label : null
            : FileClasses(path, labelsPath, pictures);
        return new PictureFolder(
            path,
            [.. pictures.Select(name => new PictureFile(name, System.IO.Path.Combine(path, name), labelOf(name)))],
            unsupported,
            folders.ToDictionary(folder => folder.Value, folder => folder.Key)
        );
    }

    /// <summary>Chooses pictures evenly over the classes; see <see cref="SampleSelection"/>.</summary>
    /// <param name="memory">Bytes for decoded pictures to be kept in; see <see cref="PictureSet.UsualMemory"/>. None is needed for
    /// pictures that one stage alone wants.</param>
    public PictureSet Choose(int count, int seed, long memory = 0) =>
        new(this, SampleSelection.Choose([.. Files.Select(file => file.Name)], [.. Files.Select(file => file.Label)], count, seed), memory);

    private static SkippedSample? Unsuited(string folder, string name)
    {
        if (PictureKinds.IsUnreadable(name))
            return new SkippedSample(name, $"{System.IO.Path.GetExtension(name)} files are not read; convert them to PNG or JPEG");
        if (!PictureKinds.IsReadable(name))
            return null;
        // Reading one would wait, or never end.
        return FileStatus.SpecialKindOf(System.IO.Path.Combine(folder, name)) is { } kind
            ? new SkippedSample(name, $"it is {kind}, not a file")
            : null;
    }

    private static Dictionary<string, int> FolderClasses(IReadOnlyList<string> folders, int modelClasses)
    {
        if (folders.Count < 2)
            return [];
        Dictionary<string, int> classes = new(StringComparer.Ordinal);
        int[] numbers = [.. folders.Select(NumberOf)];
        // Digits in folders 0, 3, 5 and 7 are not classes 0 to 3. Without a zero the numbers may count from one: positions then.
        // Lines turned by 0 and 180 degrees are classes 0 and 1 of a network that tells two.
        bool numbered =
            numbers.Contains(0)
            && !numbers.Contains(NoNumber)
            && numbers.Distinct().Count() == numbers.Length
            && (modelClasses == 0 || numbers.Max() < modelClasses);
        for (int i = 0; i < folders.Count; i++)
            classes[folders[i]] = numbered ? numbers[i] : i;
        return classes;
    }

    private static int NumberOf(string folder) =>
        int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : NoNumber;

    private static Func<string, int?> FileClasses(string path, string labelsPath, string[] pictures)
    {
        IReadOnlyDictionary<string, int> labels = LabelsFile.Read(labelsPath);
        if (!pictures.Any(labels.ContainsKey))
        {
            string found = labels.Count == 0 ? "it has no lines" : $"its lines name files such as '{labels.Keys.First()}'";
            throw new QuantizationException(
                $"Labels file '{labelsPath}' names none of the pictures below '{path}': {found}, pictures are named like '{pictures[0]}'. "
                    + $"Paths are relative to the data folder."
            );
        }
        return name => labels.TryGetValue(name, out int label) ? label : null;
    }

    private static QuantizationException Empty(string path, int files, SkippedSample[] unsupported)
    {
        string found =
            unsupported.Length > 0 ? $"only pictures that are not read, such as '{unsupported[0].Name}': {unsupported[0].Reason}"
            : files > 0 ? $"{files} files, none of them a picture"
            : "no files";
        return new QuantizationException(
            $"The folder '{path}' holds {found}. Expected JPEG, PNG, WebP, BMP or GIF pictures, in it or in its sub-folders."
        );
    }
}
