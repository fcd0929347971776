namespace Quantizer.Cli.Configurations;

/// <summary>What a field of a configuration holds, in JSON's terms.</summary>
internal enum FieldKind
{
    /// <summary>true or false</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number, or a text such as "1/255".</summary>
    Number,

    /// <summary>Numbers, or a text such as "1,40,101".</summary>
    Numbers,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A text, or several.</summary>
    Texts,
}
