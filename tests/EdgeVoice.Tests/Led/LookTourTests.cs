using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Led;

public sealed class LookTourTests
{
    private const long Began = 50_000_000_000;

    [Fact]
    public void All_Together_ShowEveryLookAndTheMutePixels()
    {
        var seen = new HashSet<Look>();
        var isMuted = false;
        foreach (var sample in LookTour.All)
        {
            for (var ms = 0L; ms < sample.LoopMs; ms += 20)
            {
                var scene = sample.Scene(Began, Began + ms * 1_000_000);
                seen.Add(Looks.Select(scene, Began + ms * 1_000_000));
                isMuted |= scene.Muted;
            }
        }

        Assert.Equal(Enum.GetValues<Look>().Order(), seen.Order());
        Assert.True(isMuted);
    }

    [Fact]
    public void All_Names_AreFileNamesAndDiffer()
    {
        Assert.Distinct(LookTour.All.Select(sample => sample.Name));
        Assert.All(LookTour.All, sample => Assert.Matches("^[a-z-]+$", sample.Name));
    }
}
