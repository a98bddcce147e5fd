using System.Xml.Linq;
using EdgeVoice.Lights;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests.Lights;

public sealed class LookPicturesTests
{
    [Fact]
    public void All_OfTheHardwarePages_AreWhatTheRendererDraws()
    {
        var drawn = LookPictures.All(12).ToDictionary(picture => $"hardware/lights/{picture.Name}", picture => picture.Svg);
        var kept = Repository.Files.Where(file => file.Path.StartsWith("hardware/lights/", StringComparison.Ordinal)).ToDictionary(file => file.Path, file => file.Text);
        Assert.Equal(drawn.Keys.Order(), kept.Keys.Order());
        Assert.All(drawn, picture => Assert.True(kept[picture.Key] == picture.Value, $"{picture.Key} is out of date: edgevoice led pictures --output hardware/lights"));
        var page = Repository.Files.Single(file => file.Path == "hardware/lights.md").Text;
        Assert.All(drawn.Keys, path => Assert.Contains(path["hardware/".Length..], page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void All_OnAnyCount_ArePicturesOfSoManyPixels(int count)
    {
        Assert.All(LookPictures.All(count), picture =>
        {
            var root = XDocument.Parse(picture.Svg).Root!;
            Assert.Equal(count + 1, root.Descendants(root.Name.Namespace + "circle").Count());
            Assert.All(root.Descendants(root.Name.Namespace + "animate"), change =>
                Assert.Equal(change.Attribute("values")!.Value.Split(';').Length, change.Attribute("keyTimes")!.Value.Split(';').Length));
        });
    }
}
