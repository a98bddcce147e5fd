namespace EdgeVoice.Core.Configuration;

/// <summary>A group of options that may also be written as one bare value, which then stands for one of its keys.</summary>
/// <param name="text">Property that a bare text stands for; null: no bare text is allowed.</param>
/// <param name="list">Property that a bare array stands for; null: no bare array is allowed.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShortFormAttribute(string? text = null, string? list = null) : Attribute
{
    /// <summary>Property that a bare text stands for, or null.</summary>
    public string? Text { get; } = text;

    /// <summary>Property that a bare array stands for, or null.</summary>
    public string? List { get; } = list;
}
