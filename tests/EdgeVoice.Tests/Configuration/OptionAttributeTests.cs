using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class OptionAttributeTests
{
    [Fact]
    public void Option_OfTheWholeTree_IsDocumented()
    {
        var seen = new HashSet<Type>();
        Walk(typeof(EdgeVoiceOptions), seen);

        Assert.True(seen.Count > 25, $"{seen.Count} groups");
    }

    private static void Walk(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) return;
        // Throws where a property has no attribute.
        foreach (var (name, key) in OptionShape.Keys(type))
        {
            var about = key.About;
            Assert.True(about.Summary.Length > 10 && about.Summary.EndsWith('.'), $"{type.Name}.{name}: {about.Summary}");
            Assert.Equal(double.IsNaN(about.Min), double.IsNaN(about.Max));
            Assert.Equal(name.EndsWith("Ms", StringComparison.Ordinal), about.Unit == "ms");
            Assert.Equal(name.EndsWith("Db", StringComparison.Ordinal), about.Unit == "dB");
            if (key.Type == typeof(int) || key.Type == typeof(double)) Assert.False(double.IsNaN(about.Max), $"{type.Name}.{name} has no limits");
            var inner = OptionShape.ElementOf(key.Type) ?? OptionShape.ValueOf(key.Type) ?? key.Type;
            if (OptionShape.IsGroup(inner)) Walk(inner, seen);
        }
    }
}
