namespace EdgeVoice.Core.Configuration;

/// <summary>A group whose keys exclude one another: a later layer replaces it whole, where others are merged key by key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AlternativesAttribute : Attribute;
