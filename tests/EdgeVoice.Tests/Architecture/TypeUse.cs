namespace EdgeVoice.Tests.Architecture;

/// <summary>One type's compiled code or signature names another type.</summary>
internal sealed record TypeUse(Type From, Type To);
