using System.Reflection;

namespace EdgeVoice.Core.Configuration;

/// <summary>One key of a group of options, or what the elements of a list and the values of a map have in common.</summary>
/// <remarks>Immutable: any thread may read it.</remarks>
internal sealed class OptionKey
{
    private static readonly OptionAttribute NoLimits = new(string.Empty);

    /// <summary>A key; <paramref name="index"/> is its place among the keys of its group.</summary>
    public OptionKey(string name, PropertyInfo property, Type type, bool isNullable, OptionAttribute about, int index)
        : this(name, property, type, about)
    {
        IsNullable = isNullable;
        Index = index;
    }

    private OptionKey(string name, PropertyInfo property, Type type, OptionAttribute about)
    {
        (Name, Property, Type, About) = (name, property, type, about);
        IsList = OptionShape.ElementOf(type) is not null;
        IsMap = OptionShape.ValueOf(type) is not null;
        IsGroup = OptionShape.IsGroup(type);
        if ((OptionShape.ElementOf(type) ?? OptionShape.ValueOf(type)) is { } inner)
            Item = new OptionKey(name, property, inner, NoLimits);
    }

    /// <summary>As JSON writes it.</summary>
    public string Name { get; }

    /// <summary>Where its value goes.</summary>
    public PropertyInfo Property { get; }

    /// <summary>Type of the value, without the nullable wrapper.</summary>
    public Type Type { get; }

    /// <summary>Whether "not set" is a value of it.</summary>
    public bool IsNullable { get; }

    /// <summary>What there is to know of it.</summary>
    public OptionAttribute About { get; }

    /// <summary>Its place among the keys of its group, from 0.</summary>
    public int Index { get; }

    /// <summary>Whether it is a list.</summary>
    public bool IsList { get; }

    /// <summary>Whether it is a map of names.</summary>
    public bool IsMap { get; }

    /// <summary>Whether it is a group of options.</summary>
    public bool IsGroup { get; }

    /// <summary>What its elements or values are; null where it is neither list nor map.</summary>
    public OptionKey? Item { get; }
}
