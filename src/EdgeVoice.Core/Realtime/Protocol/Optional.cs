namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>What a writer needs to know of an <see cref="Optional{T}"/> without knowing its type.</summary>
internal interface IOptional
{
    /// <summary>True when the field is to be written.</summary>
    bool IsPresent { get; }
}

/// <summary>
/// A field the wire distinguishes three ways: absent (the default: the server keeps what it has), null (the server clears it) and a
/// value. Assigning null to it means "send null"; not assigning it means "do not mention it". Where the value's static type
/// is an interface, assign <c>new(value)</c>: the language has no conversions from interfaces.
/// </summary>
/// <typeparam name="T">Type of the value; a nullable one for value types.</typeparam>
public readonly record struct Optional<T> : IOptional
{
    /// <summary>A field that is present with <paramref name="value"/>, which may be null.</summary>
    public Optional(T? value)
    {
        IsPresent = true;
        Value = value;
    }

    /// <summary>True when the field is or was on the wire, be it null.</summary>
    public bool IsPresent { get; }

    /// <summary>The value, or null when the field is null or absent.</summary>
    public T? Value { get; }

    /// <summary>True when the field is on the wire as null.</summary>
    public bool IsNull => IsPresent && Value is null;

    /// <summary>Makes a present field of a value or of null.</summary>
    public static implicit operator Optional<T>(T? value) => new(value);

    /// <summary>The value, or null when the field is null or absent.</summary>
    public static implicit operator T?(Optional<T> field) => field.Value;
}
